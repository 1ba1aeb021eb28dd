// Workers compile no WebAssembly: the module is imported, and made before the first request.
import { fetch, initSync } from "./guarded.js";
import module from "./guarded_bg.wasm";

initSync({ module });

export default { fetch };
