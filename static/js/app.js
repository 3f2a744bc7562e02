// A page without JavaScript lacks only comfort; this brings it.

import { mountAll } from "./mount.js";

mountAll(document);
