import * as z from "zod";

/** What is read of the Engine's answers: https://docs.docker.com/reference/api/engine/. Docker says `null` for an empty list. */
const labels = z.record(z.string(), z.string()).nullish();

export const identified = z.object({ Id: z.string() });

export const containers = z.array(z.object({ Id: z.string(), Names: z.array(z.string()), Labels: labels }));

const addresses = z.object({ Subnet: z.string().optional(), Gateway: z.string().optional() });

export const networks = z.array(
  z.object({
    Id: z.string(),
    Name: z.string(),
    Labels: labels,
    IPAM: z.object({ Config: z.array(addresses).nullish() }).nullish(),
  }),
);

export const volumes = z.object({
  Volumes: z.array(z.object({ Name: z.string(), Labels: labels })).nullish(),
});

export const images = z.array(identified);

export const engineInfo = z.object({ NCPU: z.number() });

export const waited = z.object({ StatusCode: z.number() });

export const execState = z.object({ ExitCode: z.number().nullish() });

export const containerState = z.object({
  Id: z.string(),
  State: z.object({
    Status: z.string(),
    Running: z.boolean(),
    Paused: z.boolean(),
    ExitCode: z.number(),
    OOMKilled: z.boolean(),
  }),
  NetworkSettings: z.object({
    Networks: z.record(z.string(), z.object({ IPAddress: z.string(), MacAddress: z.string() })),
  }),
});

export const image = z.object({
  Id: z.string(),
  RepoDigests: z.array(z.string()).nullish(),
  Config: z.object({ Env: z.array(z.string()).nullish() }).nullish(),
});

/** A line of the progress of a pull or a build. */
export const progress = z.object({
  stream: z.string().optional(),
  error: z.string().optional(),
  errorDetail: z.object({ message: z.string().optional() }).optional(),
});
