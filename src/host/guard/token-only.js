/**
 * The request that stands for "is this token valid?", because the server has no route for that. Usually no permission grants it: that
 * denial shows that the token is valid.
 */
export const TOKEN_ONLY = Object.freeze({ action: "validate", resource: "kavachos:token" });
