// The worker behind the service binding: it passes on what it is asked.
export default { fetch: (request) => fetch(request) };
