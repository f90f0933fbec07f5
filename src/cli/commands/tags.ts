import { imageOf } from "../../domain/image-reference.ts";
import { pythonList } from "../../domain/python-list.ts";
import { EXIT, UsageError, type CommonOptions, type Services } from "../services.ts";
import { explainFailure } from "../output/explain.ts";
import { columns } from "../output/table.ts";
import { loadProject } from "./configuration.ts";

export interface TagsOptions extends CommonOptions {
  readonly environment: string;
  readonly project: string;
  readonly pagesize: string;
  readonly json?: boolean;
}

/** What `var_images_tags_id` is called with; the cloud providers' own options have no part any more. */
export interface VarImagesTagsOptions extends CommonOptions {
  readonly environment: string;
  readonly projDocker: string;
  readonly pagesize: string;
  readonly repoNamespace?: string;
  readonly repoName?: string;
  readonly json?: boolean;
}

/** Prints the tags of a project's image, newest first, `latest` second. */
export async function tags(options: TagsOptions, services: Services): Promise<number> {
  const listed = await list(options, options.project, services);
  const { stdout } = services;
  if (options.json === true) stdout.write(`${JSON.stringify(listed)}\n`);
  else {
    const rows = listed.map(({ name, digest, created }) => [name, digest.slice(0, 19), created?.toISOString() ?? ""]);
    stdout.write(
      columns(rows)
        .map((line) => `${line}\n`)
        .join(""),
    );
  }
  return EXIT.done;
}

/** The original's `var_images_tags_id`: a Python list of `tag (digest)`. */
export async function varImagesTagsId(options: VarImagesTagsOptions, services: Services): Promise<number> {
  const { repoName, repoNamespace, projDocker: project } = options;
  const listed = await list({ ...options, project }, repoName ?? project, services, repoNamespace);
  const texts = listed.map(({ name, digest }) => `${name} (${digest})`);
  services.stdout.write(`${options.json === true ? JSON.stringify(texts) : pythonList(texts)}\n`);
  return EXIT.done;
}

async function list(
  options: TagsOptions,
  repository: string,
  services: Services,
  namespace?: string,
): ReturnType<typeof ask> {
  const { project } = await loadProject(options, services);
  const pageSize = Number(options.pagesize);
  if (!Number.isInteger(pageSize) || pageSize < 1) {
    throw new UsageError(services.words.usage.badValue("--pagesize", options.pagesize, "10, 20, 100"));
  }
  const [registry = ""] = project.imageUrl.split("/");
  const imageUrl = namespace === undefined ? project.imageUrl : `${registry}/${namespace}/`;
  return ask(imageOf({ imageUrl, name: repository }, {}), pageSize, services);
}

async function ask(reference: string, pageSize: number, { adapters, words }: Services) {
  const registry = await adapters.openImageRegistry();
  const listed = await registry.listTags(reference, { pageSize });
  if (listed.ok) return listed.value;
  if (listed.failure.reason === "image-missing")
    throw new UsageError(words.usage.noTags(listed.failure.image, listed.failure.detail));
  const { what, todo } = explainFailure(words, listed.failure);
  throw new UsageError(`${what}\n${todo}`);
}
