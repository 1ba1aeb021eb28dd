/**
 * The value of a call, with what is known of its response.
 *
 * @param {any} call calls a method with the options that it is given
 */
export async function withResponse(call) {
  let end;
  const data = await call({
    onCallEnd: (/** @type {object} */ event) => {
      end = event;
    },
  });
  return { .../** @type {any} */ (end), data };
}
