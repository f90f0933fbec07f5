import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface TestCertificates {
  /** Files in PEM. */
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
  /** The authority's certificate in PEM. */
  readonly caText: string;
}

/** An authority of its own, and a certificate of it for 127.0.0.1 alone. */
export function makeCertificates(folder: string, name: string): TestCertificates {
  const file = (part: string): string => join(folder, `${name}-${part}.pem`);
  const openssl = (...args: readonly string[]): void =>
    void execFileSync("openssl", args, { stdio: ["ignore", "ignore", "pipe"], timeout: 30_000 });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const [ca, caKey, certificate, key] = [file("ca"), file("ca-key"), file("cert"), file("key")];
  openssl("req", "-x509", ...newKey, "-keyout", caKey, "-out", ca, "-days", "2", "-subj", `/CN=${name} authority`);
  openssl(
    ...["req", "-x509", ...newKey, "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=a test server"],
    ...["-CA", ca, "-CAkey", caKey],
    ...["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"],
  );
  return { ca, certificate, key, caText: readFileSync(ca, "utf8") };
}
