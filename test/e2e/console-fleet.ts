import { join } from "node:path";
import { crashImage, serviceImage } from "../lab/images.ts";
import { openLab, type Lab } from "../lab/lab.ts";
import { rolling } from "./fleet.ts";
import { Home } from "./gantry.ts";

/** The hosts that the console's orders release `demo1` to, seen as plain docker and the service's users see them. */
export class Fleet {
  readonly lab: Lab;
  readonly home: Home;

  private constructor(lab: Lab, home: Home) {
    this.lab = lab;
    this.home = home;
  }

  /** Empty hosts, the configuration of the environment `stage`, and an image that breaks, tagged `broken`. */
  static async open(healthCheck: Readonly<Record<string, string>> = { settle: "0s" }): Promise<Fleet> {
    const lab = openLab("test");
    await lab.reset();
    const home = new Home();
    home.inventory(lab, { demo1: rolling });
    home.configure(lab, {
      demo1: { HealthCheck: healthCheck, StopTimeout: "3s" },
      demo2: {},
      other: {},
    });
    await lab.push(crashImage({ name: "demo1", version: "broken" }));
    return new Fleet(lab, home);
  }

  get inventory(): string {
    return join(this.home.path, "hosts");
  }

  /** Pushes the service's `version` under `latest`, which orders without a tag release. */
  async publish(version: string): Promise<void> {
    await this.lab.push({ ...serviceImage({ name: "demo1", version }), tag: "latest" });
  }

  /** Releases what is published, all hosts at once and without the console; returns the version that runs then. */
  async releaseByHand(): Promise<string> {
    const { code, stdout, stderr } = await this.home.run(["update", "demo1", "-e", "stage", "-s", "3"]);
    if (code !== 0) throw new Error(`the release by hand ended with ${code}:\n${stdout}\n${stderr}`);
    const [[version = ""] = []] = await this.running();
    return version;
  }

  /** Names of the running containers of each host. */
  async running(): Promise<readonly (readonly string[])[]> {
    return Promise.all(
      rolling.map(async (host) => {
        const { stdout } = await this.lab.host(host).docker("ps", "--format", "{{.Names}}");
        return stdout.split("\n").filter((name) => name !== "");
      }),
    );
  }

  /** What the service on each host says to who asks for its version. */
  async answers(): Promise<readonly string[]> {
    return Promise.all(
      rolling.map(async (host) => {
        const url = `http://${this.lab.host(host).address}:8080/version`;
        return (await (await fetch(url, { signal: AbortSignal.timeout(5000) })).text()).trim();
      }),
    );
  }
}
