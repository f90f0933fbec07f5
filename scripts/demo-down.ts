// Takes the demo's lab down; the configuration in .gantry/demo stays.
import { stopLab } from "../test/lab/lab.ts";

await stopLab("demo");
console.log("The demo's hosts and image registry are gone.");
