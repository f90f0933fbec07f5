/** A file, folder (path ends in `/`) or symbolic link of an image layer. */
export interface LayerFile {
  /** Without a leading slash. */
  readonly path: string;
  readonly content?: Buffer | string;
  /** Target: makes it a symbolic link. */
  readonly link?: string;
  /** Default 0644, for folders 0755. */
  readonly mode?: number;
}

/** A tar archive (POSIX ustar) of the files, owned by root, with a fixed date: same files, same bytes. */
export function tarOf(files: readonly LayerFile[]): Buffer {
  const blocks = files.flatMap((file) => {
    const content = Buffer.from(file.content ?? "");
    return [header(file, content.length), content, Buffer.alloc(-content.length & 511)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function header(file: LayerFile, size: number): Buffer {
  if (Buffer.byteLength(file.path) > 100) throw new Error(`lab: path too long for a tar header: ${file.path}`);
  const block = Buffer.alloc(512);
  const isFolder = file.path.endsWith("/");
  const octal = (value: number, at: number, width: number): void => {
    block.write(value.toString(8).padStart(width - 1, "0"), at, "ascii");
  };
  block.write(file.path, 0);
  octal(file.mode ?? (isFolder ? 0o755 : file.link === undefined ? 0o644 : 0o777), 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(1_700_000_000, 136, 12);
  block.write("        ", 148, "ascii"); // the checksum counts itself as spaces
  block.write(isFolder ? "5" : file.link === undefined ? "0" : "2", 156, "ascii");
  block.write(file.link ?? "", 157, 100);
  block.write("ustar\u000000", 257, "ascii");
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return block;
}
