// The public API of the main entry. `attach` says where the module is.
export {
  AuthenticationError,
  DecodeError,
  KavachError,
  NetworkError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  TimeoutError,
} from "../errors/errors.js";
export { attach } from "./core.js";
export { Agents, Audit, Auth, Dashboard, Delegation, KavachClient, Mcp } from "./kavach-client.js";
export {
  execute,
  fullAccess,
  parsePermissions,
  rateLimited,
  read,
  readWrite,
  withApproval,
  write,
} from "./permissions.js";
