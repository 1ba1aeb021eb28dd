// The types of the main entry that entry.d.ts uses. They are global here; in the package, the build adds the import.
import type * as main from "kavachos-wasm";

declare global {
  type AccountDeletion = main.AccountDeletion;
  type AccountExport = main.AccountExport;
  type AdminUser = main.AdminUser;
  type AdminUserFilters = main.AdminUserFilters;
  type AdminUserPage = main.AdminUserPage;
  type ApiKey = main.ApiKey;
  type BanUserInput = main.BanUserInput;
  type CallOptions = main.CallOptions;
  type CreateApiKeyInput = main.CreateApiKeyInput;
  type CreateOrganizationInput = main.CreateOrganizationInput;
  type CreatedApiKey = main.CreatedApiKey;
  type DashboardStats = main.DashboardStats;
  type DeleteAccountInput = main.DeleteAccountInput;
  type DeletionConfirmation = main.DeletionConfirmation;
  type ImpersonationSession = main.ImpersonationSession;
  type InviteMemberInput = main.InviteMemberInput;
  type KavachClient = main.KavachClient;
  type MemberRoleInput = main.MemberRoleInput;
  type Organization = main.Organization;
  type OrganizationInvitation = main.OrganizationInvitation;
  type OrganizationMember = main.OrganizationMember;
  type TwoFactorCodeInput = main.TwoFactorCodeInput;
  type TwoFactorEnrollment = main.TwoFactorEnrollment;
  type TwoFactorStatus = main.TwoFactorStatus;
  type TwoFactorVerification = main.TwoFactorVerification;
}
