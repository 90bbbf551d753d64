import { type Problem, UserError, type UserExitCode } from "../errors.ts";

/** What Docker says when something around it is wrong, and the way out. */
interface Known {
  readonly says: RegExp;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** 1 where nothing is said. */
  readonly exitCode?: UserExitCode;
}

const diskFull: Known = {
  says: /no space left on device/i,
  code: "disk-full",
  message: "The disk that Docker keeps images on is full.",
  hint: "Free some space (`docker system df` shows what takes it, `docker system prune` removes what nobody uses), then run this again.",
};

/** The first that is said counts. */
const known: readonly Known[] = [
  {
    says: /buildx component is missing or broken|'buildx' is not a docker command/,
    code: "no-buildx",
    message: "Docker has no buildx, which builds images.",
    hint: "Install it: the package docker-buildx (Debian, Ubuntu) or docker-buildx-plugin (Docker's own), then run this again.",
  },
  diskFull,
  {
    // A build hears of an engine that ends by its stream breaking off.
    says: /Cannot connect to the Docker daemon|error during connect|code = Unavailable desc = |failed to receive status/,
    code: "no-docker",
    message: "No Docker engine answers any more.",
    hint: "Start Docker, then run this again.",
  },
  {
    says: /toomanyrequests/i,
    code: "registry-busy",
    message: "The registry gives no more images for a while.",
    hint: "Wait, or `docker login` to it for a higher limit, then run this again.",
    exitCode: 75,
  },
  {
    says: /no match(?:ing manifest)? for (?:platform|\S+\/\S+)/,
    code: "no-image",
    message: "The image is not made for this platform.",
    hint: "Set `platform` of the service to one that the image is made for.",
  },
  {
    says: /pull access denied|manifest unknown|failed to resolve source metadata .{0,500}: not found$/m,
    code: "no-image",
    message: "The registry has no such image, or shows it to nobody who is not logged in.",
    hint: "Correct the image's name and tag, or `docker login` to its registry first.",
  },
  {
    says: /no such host|dial tcp|connection refused|i\/o timeout|TLS handshake timeout/,
    code: "no-registry",
    message: "The registry cannot be reached.",
    hint: "Check its name and the network, then run this again.",
    exitCode: 75,
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
  const found = reasonIn(output);
  if (found === undefined) return error;
  const { code, message, hint, exitCode = 1 } = found;
  const told: Problem = { code, subject: problem.subject, message, hint, output: output.slice(-5) };
  return new UserError(told, { cause: error, exitCode });
}

function reasonIn(output: readonly string[]): Known | undefined {
  const text = output.join("\n");
  // The Dockerfile's own command failed: a refusal or a name it did not find is its matter, a full disk is everybody's.
  const isOwnCommand = /^ERROR: .*did not complete successfully/m.test(text);
  return (isOwnCommand ? [diskFull] : known).find(({ says }) => says.test(text));
}
