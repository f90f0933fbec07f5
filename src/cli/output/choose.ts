import type { AppendFile } from "../../adapters/journal/append-file.ts";
import type { Mode } from "../../domain/mode.ts";
import type { Look, Services } from "../services.ts";
import { ansibleRenderer } from "./ansible.ts";
import { inquiryRenderer } from "./inquiry.ts";
import { ndjsonRenderer } from "./ndjson.ts";
import { paintFor, type Paint } from "./paint.ts";
import { quietRenderer } from "./quiet.ts";
import type { Renderer, Write } from "./renderer.ts";

/** What the user sees: the board on a terminal, the Ansible look elsewhere, only failures when quiet. */
export async function screenRenderer(
  mode: Mode,
  look: Look | undefined,
  quiet: boolean,
  services: Services,
): Promise<Renderer> {
  const { stdout, stderr, words, paint } = services;
  const write = (text: string): void => void stdout.write(text);
  if (look === "ndjson") return ndjsonRenderer(write);
  if (quiet) return quietRenderer((text) => void stderr.write(text), paint, words);
  if (mode !== "inquiry" && (look ?? (stdout.isTTY ? "board" : "ansible")) === "board") {
    const { boardRenderer } = await import("./board.ts");
    return boardRenderer(stdout, paint, words);
  }
  return textRenderer(mode, write, paint, services);
}

/** What the log file gets: the same text as a pipe would, without colours. */
export function logFileRenderer(mode: Mode, file: AppendFile, services: Services): Renderer {
  return textRenderer(mode, (text) => file.write(text), paintFor(false), services);
}

function textRenderer(mode: Mode, write: Write, paint: Paint, { words }: Services): Renderer {
  return mode === "inquiry" ? inquiryRenderer(write, paint, words) : ansibleRenderer(write, paint, words);
}
