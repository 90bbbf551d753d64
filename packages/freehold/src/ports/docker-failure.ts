import { type Problem, UserError } from "../errors.ts";

/** What Docker says when something around it is wrong, and the way out. */
interface Known {
  readonly says: RegExp;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

const known: readonly Known[] = [
  {
    says: /buildx component is missing or broken|'buildx' is not a docker command/,
    code: "no-buildx",
    message: "Docker has no buildx, which builds images.",
    hint: "Install it: the package docker-buildx (Debian, Ubuntu) or docker-buildx-plugin (Docker's own), then run this again.",
  },
  {
    says: /no space left on device/i,
    code: "disk-full",
    message: "The disk that Docker keeps images on is full.",
    hint: "Free some space (`docker system df` shows what takes it, `docker system prune` removes what nobody uses), then run this again.",
  },
  {
    says: /Cannot connect to the Docker daemon|error during connect/,
    code: "no-docker",
    message: "No Docker engine answers any more.",
    hint: "Start Docker, then run this again.",
  },
  {
    says: /no such host|dial tcp|connection refused|i\/o timeout|TLS handshake timeout/,
    code: "no-registry",
    message: "The registry cannot be reached.",
    hint: "Check its name and the network, then run this again.",
  },
  {
    says: /denied|unauthorized|no basic auth credentials|authentication required|403 Forbidden/i,
    code: "registry-refused",
    message: "The registry refuses.",
    hint: "Of your own account's registry: allow the caller `ecr:PutImage` and its kin. Of another: `docker login` to it first.",
  },
];

/** A failure of Docker in the user's words, with Docker's last lines; one that is not known stays what it is. */
export function explainDocker(error: unknown): unknown {
  const [problem] = error instanceof UserError ? error.problems : [];
  if (problem?.code !== "command-failed") return error;
  const output = problem.output ?? [];
  const found = known.find(({ says }) => says.test(output.join("\n")));
  if (found === undefined) return error;
  const { code, message, hint } = found;
  const told: Problem = { code, subject: problem.subject, message, hint, output: output.slice(-5) };
  return new UserError(told, { cause: error });
}
