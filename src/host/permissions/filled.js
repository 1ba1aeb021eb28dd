/**
 * A text with values in place of each `{}`. Values that are used are taken out of the list.
 *
 * @param {string} template
 * @param {(string | number)[]} values
 */
export const filled = (template, values) => template.replaceAll("{}", () => `${values.shift() ?? ""}`);
