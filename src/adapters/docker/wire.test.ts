import { expect, test } from "vitest";
import { toDetail, type WireDetail } from "./wire.ts";

const state = { Status: "running", Pid: 42, ExitCode: 0, OOMKilled: false, Error: "", StartedAt: "", FinishedAt: "" };
const bare: WireDetail = { Id: "abc", Name: "/demo1-1", Image: "sha256:1", RestartCount: 0, State: state };

test("a container's place is read from its networks, where every API version has its addresses", () => {
  const detail = toDetail({
    ...bare,
    Config: {
      Hostname: "0a1b2c3d4e5f",
      StopTimeout: 60,
      ExposedPorts: { "8080/tcp": {}, "5353/udp": {} },
      Env: ["EUREKA_INSTANCE_METADATAMAP_DEPLOYID=gantry-20261123.101010-4f2a-lab1", "PASSWORD=x"],
    },
    HostConfig: { NetworkMode: "bridge", RestartPolicy: { Name: "unless-stopped" } },
    NetworkSettings: {
      Networks: { bridge: { IPAddress: "172.17.0.2", GlobalIPv6Address: "" }, other: null },
      Ports: { "8080/tcp": [{ HostPort: "18080" }, { HostPort: "18080" }], "9090/tcp": null },
    },
  });
  expect(detail).toMatchObject({
    pid: 42,
    hostname: "0a1b2c3d4e5f",
    hostNetwork: false,
    addresses: ["172.17.0.2"],
    exposedPorts: [8080],
    publishedPorts: [{ host: 18080, container: 8080 }],
    deployToken: "gantry-20261123.101010-4f2a-lab1",
    restartsByItself: true,
    stopTimeout: 60,
  });
  expect(JSON.stringify(detail)).not.toContain("PASSWORD");
});

test("host networking has no addresses of its own, and a deployid that somebody else set for all hosts is no token", () => {
  const detail = toDetail({
    ...bare,
    Config: { Hostname: "lab1", Env: ["EUREKA_INSTANCE_METADATAMAP_DEPLOYID=blue"], StopTimeout: null },
    HostConfig: { NetworkMode: "host", RestartPolicy: { Name: "no" } },
    NetworkSettings: { Networks: { host: { IPAddress: "" } }, Ports: {} },
  });
  expect(detail).toMatchObject({ hostNetwork: true, addresses: [], publishedPorts: [], restartsByItself: false });
  expect(detail).not.toHaveProperty("deployToken");
  expect(detail).not.toHaveProperty("stopTimeout");
});
