import type { Environment } from "../../../contract/definitions.ts";

const colours: Record<Environment["colour"], string> = {
  gray: "gray",
  red: "red",
  pink: "pink",
  grape: "purple",
  violet: "violet",
  blue: "blue",
  cyan: "cyan",
  teal: "teal",
  green: "green",
  yellow: "yellow",
  orange: "orange",
};

export const environments = {
  nameHelp: "Also the name of its configuration file, <name>_conf.json. Letters, digits, “_”, “.” and “-”.",
  colour: "Colour",
  colourHelp: "A thin line in this colour lies over every page of the environment.",
  colours,
  protected: "Protected",
  protectedHelp: "The line is red, whatever the colour, so that nobody takes it for another environment.",
};
