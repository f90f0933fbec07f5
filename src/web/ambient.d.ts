/** The theme's variables, made by vite.config.ts. */
declare module "virtual:theme.css";

// Types of the contract come by files of the engine that know Node; nothing of Node gets into the pages.
declare module "node:stream" {
  export type Duplex = unknown;
}
declare module "node:util" {
  export const inspect: { readonly custom: unique symbol };
}
