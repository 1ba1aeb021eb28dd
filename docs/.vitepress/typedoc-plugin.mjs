// What TypeDoc gets beside its options: the names of the entries, and that every declaration, parameter and result is described.
//
// TypeDoc's own check (`notDocumented`) knows neither parameters nor results, and wants a description for the members of every type that
// is written in place, such as `{ value: string; count: number }[]`, which the method that returns it describes.
import { Application, Converter, ReflectionKind } from "typedoc";

const { CallSignature, Class, Constructor, ConstructorSignature, Function: Func, Interface, Method } = ReflectionKind;
const { Accessor, Property, TypeAlias, TypeLiteral, Variable } = ReflectionKind;
const DECLARATIONS = Class | Interface | Func | TypeAlias | Variable | Accessor | Property | Method | Constructor;
const HAS_SIGNATURES = [Func, Method, Constructor];

// What looks like members of these is advice that the compiler prints, or the condition of a type.
const NO_MEMBERS = ["client.PlainObject", "client.NotAFunction", "guard.RuleRequest"];

/** @param {Application} app */
export function describedModules(app) {
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (_context, reflection) => {
    if (reflection.kind === ReflectionKind.Module && reflection.name === "index") reflection.name = "client";
  });
  app.on(Application.EVENT_VALIDATE_PROJECT, (project) => {
    for (const declaration of project.getReflectionsByKind(DECLARATIONS)) {
      if (isWrittenInPlace(declaration) || declaration.flags.isExternal || declaration.inheritedFrom) continue;
      for (const missing of missingOf(declaration))
        app.logger.validationWarning(`${declaration.getFriendlyFullName()} has no ${missing}`);
    }
  });
}

function missingOf(declaration) {
  if (!HAS_SIGNATURES.includes(declaration.kind)) return declaration.hasComment() ? [] : ["description"];
  return (declaration.signatures ?? []).flatMap(missingOfSignature);
}

function missingOfSignature(signature) {
  if (!signature.hasComment()) return ["description"];
  const missing = (signature.parameters ?? [])
    .filter((parameter) => !parameter.hasComment())
    .map(({ name }) => `@param ${name}`);
  const isVoid = ["void", "Promise<void>"].includes(signature.type?.toString());
  if (signature.kind === CallSignature && !isVoid && !signature.comment?.getTag("@returns")) missing.push("@returns");
  return missing;
}

// A member of a type within the type of a member, a parameter or a result. A type alias, and parts of it, must be described.
function isWrittenInPlace(declaration) {
  if (NO_MEMBERS.some((name) => declaration.getFriendlyFullName().startsWith(`${name}.`))) return true;
  const literal = declaration.parent;
  if (literal?.kind !== TypeLiteral) return false;
  return (
    literal.parent === undefined || (literal.parent.kind !== TypeAlias && literal.parent.kind !== ConstructorSignature)
  );
}
