import { z } from "zod";
import { DURATION_PATTERN } from "../../domain/duration.ts";
import { DRAIN_METHODS, FAILURE_POLICIES, STRATEGIES } from "../../domain/project.ts";
import type { SchemaWord } from "./schema-words.ts";

/** What editors learn about a key besides its type; `words` names its description in schema-words.ts. */
interface About {
  readonly words: SchemaWord;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
}

/** A duration: whole seconds as a number, or a text. What the text says is checked by rules.ts, with better words. */
function duration(
  about: About,
  ...also: readonly string[]
): z.ZodOptional<z.ZodUnion<readonly [z.ZodNumber, z.ZodString]>> {
  const pattern = also.length === 0 ? DURATION_PATTERN : `${DURATION_PATTERN}|^(?:${also.join("|")})$`;
  return z
    .union([z.number().meta({ minimum: 0 }), z.string().meta({ pattern })])
    .optional()
    .meta({ examples: ["3s", "1m30s"], ...about });
}

function text(about: About): z.ZodOptional<z.ZodString> {
  return z
    .string()
    .optional()
    .meta({ ...about });
}

const serialPattern = "^ *(?:[1-9]\\d*|(?:[1-9]\\d?|100)%) *(?:, *(?:[1-9]\\d*|(?:[1-9]\\d?|100)%) *)*$";
const batch = z.union([z.number().meta({ type: "integer", minimum: 1 }), z.string().meta({ pattern: serialPattern })]);
const hook = z.union([z.string(), z.array(z.string())]).optional();

const healthCheckSchema = z.strictObject({
  http: text({ words: "HealthCheck.http", examples: ["/actuator/health", ":8080/health"] }),
  tcp: z
    .union([z.number().meta({ type: "integer", minimum: 1, maximum: 65_535 }), z.string()])
    .optional()
    .meta({ words: "HealthCheck.tcp", examples: [8080, "127.0.0.1:8080"] } satisfies About),
  docker: z
    .boolean()
    .optional()
    .meta({ words: "HealthCheck.docker", default: true } satisfies About),
  settle: duration({ words: "HealthCheck.settle", default: "1s" }),
  bake: duration({ words: "HealthCheck.bake", default: "0s" }),
});

const drainSchema = z.strictObject({
  method: z
    .enum(DRAIN_METHODS)
    .optional()
    .meta({ words: "Drain.method" } satisfies About),
  wait: duration({ words: "Drain.wait", default: "60s", examples: ["60s", "auto"] }, "auto"),
  clientFetch: duration({ words: "Drain.clientFetch", default: "30s" }),
  loadBalancer: duration({ words: "Drain.loadBalancer", default: "35s" }),
  margin: duration({ words: "Drain.margin", default: "10s" }),
  inFlight: duration({ words: "Drain.inFlight", default: "60s" }),
  deregister: text({ words: "Drain.deregister", default: "/health/deregister", pattern: "^/" }),
  shutdown: text({ words: "Drain.shutdown", examples: ["/actuator/shutdown"], pattern: "^/|^$" }),
});

const hooksSchema = z.strictObject({
  before: hook.meta({ words: "Hooks.before", examples: ["/opt/hooks/tell before"] } satisfies About),
  after: hook.meta({ words: "Hooks.after" } satisfies About),
  failed: hook.meta({ words: "Hooks.failed" } satisfies About),
});

const freezeWindowSchema = z.strictObject({
  from: text({ words: "Freeze.from", examples: ["2026-10-01", "2026-10-01 18:00"] }),
  to: text({ words: "Freeze.to", examples: ["2026-10-07"] }),
  reason: text({ words: "Freeze.reason" }),
});

/** Keys that a project may have, and `public` for all projects. */
const optionalKeys = {
  Strategy: z
    .enum(STRATEGIES)
    .optional()
    .meta({ words: "Strategy", default: "stop-first" } satisfies About),
  Serial: z
    .union([batch, z.array(batch)])
    .optional()
    .meta({ words: "Serial", default: 1, examples: [1, "25%", [1, "25%", "100%"]] } satisfies About),
  MaxFailed: z
    .int()
    .min(0)
    .optional()
    .meta({ words: "MaxFailed", default: 0 } satisfies About),
  MaxUnreachable: z
    .int()
    .min(0)
    .optional()
    .meta({ words: "MaxUnreachable", default: 0 } satisfies About),
  OnFailure: z
    .enum(FAILURE_POLICIES)
    .optional()
    .meta({ words: "OnFailure", default: "halt" } satisfies About),
  Keep: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .meta({ words: "Keep", default: 5 } satisfies About),
  StopTimeout: duration({ words: "StopTimeout", examples: ["40s"] }),
  HealthCheck: healthCheckSchema.optional().meta({ words: "HealthCheck" } satisfies About),
  Drain: drainSchema.optional().meta({ words: "Drain" } satisfies About),
  Hooks: hooksSchema.optional().meta({ words: "Hooks" } satisfies About),
  EurekaInstanceId: text({
    words: "EurekaInstanceId",
    examples: ["{hostname}:demo1:{port}", "{address}:{port}"],
    minLength: 1,
  }),
  EnvFile: text({ words: "EnvFile", examples: ["/etc/demo1/env"], pattern: "^/" }),
  Freeze: z
    .union([z.boolean(), z.string(), z.array(freezeWindowSchema)])
    .optional()
    .meta({ words: "Freeze", default: false, examples: [[{ from: "2026-10-01", to: "2026-10-07", reason: "" }]] }),
  // The original's var_images_tags_id takes these; nothing here reads them.
  access_key: text({ words: "access_key" }),
  access_secret: text({ words: "access_secret" }),
};

export const projectSchema = z
  .strictObject({
    DockerImageURL: z.string().meta({ words: "DockerImageURL", examples: ["registry.example.com/namespace/"] }),
    hosts: text({ words: "hosts", default: "none", minLength: 1, examples: ["demo1", "web:&prod:!db01"] }),
    DockerRunArg: text({ words: "DockerRunArg", default: "", examples: [" -d -m 1000m -v /data/logs:/logs"] }),
    DockerRunCmd: text({ words: "DockerRunCmd", default: "", examples: ["java -jar app.jar"] }),
    AppSpringName: z
      .string()
      .nullable()
      .optional()
      .meta({ words: "AppSpringName", default: "null", examples: ["demo2"] } satisfies About),
    ...optionalKeys,
  })
  .meta({ words: "project" } satisfies About);

export const publicSchema = z
  .strictObject({
    EurekaUrl: text({ words: "EurekaUrl", default: "", examples: ["http://eureka1:9001,http://eureka2:9001"] }),
    ...optionalKeys,
  })
  .meta({ words: "public" } satisfies About);

/** `<env>_conf.json`: `public`, and one entry for each project. */
export const environmentSchema = z
  .object({ public: publicSchema.optional() })
  .catchall(projectSchema)
  .meta({ words: "environment" } satisfies About);

/** `conf_pub/<env>_conf.json`. Other programs keep keys of their own in it. */
export const publicFileSchema = z
  .looseObject({ log_path: text({ words: "log_path", minLength: 1, examples: ["/opt/sklogs/"] }) })
  .meta({ words: "conf_pub" } satisfies About);

/** The schemas of the keys that hold objects (or lists of them). */
export const nestedSchemas: ReadonlyMap<unknown, { readonly shape: Readonly<Record<string, unknown>> }> = new Map<
  unknown,
  { readonly shape: Readonly<Record<string, unknown>> }
>([
  ["HealthCheck", healthCheckSchema],
  ["Drain", drainSchema],
  ["Hooks", hooksSchema],
  ["Freeze", freezeWindowSchema],
]);

export type ProjectEntry = z.infer<typeof projectSchema>;
export type PublicEntry = z.infer<typeof publicSchema>;
export type FreezeEntry = NonNullable<ProjectEntry["Freeze"]>;
export type HookEntry = z.infer<typeof hook>;
