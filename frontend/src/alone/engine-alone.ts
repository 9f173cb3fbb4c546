/** ODK's engine and nothing else: the tests' client that is not ours. */

import * as engine from "@getodk/xforms-engine";

Object.assign(window, engine);
