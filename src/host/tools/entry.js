// What `kavachos-wasm/tools` exports: tools of the Vercel AI SDK and of LangChain.js that KavachOS decides about. Neither is loaded.
export { isDenial } from "./denial.js";
export { guardTools } from "./guard-tools.js";
