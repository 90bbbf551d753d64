import { matchesPattern } from "../../elb/pattern.ts";

/** Who asks S3: CloudFront for a distribution with origin access control, or anybody. */
export type Asker =
  | { readonly kind: "anybody" }
  | { readonly kind: "distribution"; readonly arn: string; readonly accountId: string };

type OneOrMore = string | readonly string[];

interface Statement {
  readonly Effect?: string;
  readonly Principal?: "*" | Readonly<Record<string, OneOrMore>>;
  readonly Action?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

/** A bucket policy, read from its JSON; what is no policy allows nothing. */
export function parsePolicy(json: string | undefined): readonly Statement[] {
  if (json === undefined) return [];
  const { Statement = [] } = JSON.parse(json) as { readonly Statement?: Statement | readonly Statement[] };
  return Array.isArray(Statement) ? Statement : [Statement as Statement];
}

/** Whether a bucket policy lets the asker do it: some statement allows, none denies. Other policies do not apply to CloudFront. */
export function policyAllows(
  statements: readonly Statement[],
  asker: Asker,
  action: string,
  resource: string,
): boolean {
  const applying = statements.filter((statement) => applies(statement, asker, action, resource));
  return (
    applying.some(({ Effect }) => Effect === "Allow") && !applying.some(({ Effect }) => Effect === "Deny")
  );
}

function applies(statement: Statement, asker: Asker, action: string, resource: string): boolean {
  return (
    names(statement.Principal, asker) &&
    list(statement.Action).some((pattern) => matchesPattern(pattern, action, { ignoreCase: true })) &&
    list(statement.Resource).some((pattern) => matchesPattern(pattern, resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) => holds(operator, keys, asker))
  );
}

function names(principal: Statement["Principal"], asker: Asker): boolean {
  if (principal === undefined) return false;
  if (principal === "*" || list(principal["AWS"]).includes("*")) return true;
  return asker.kind === "distribution" && list(principal["Service"]).includes("cloudfront.amazonaws.com");
}

function holds(operator: string, keys: Readonly<Record<string, OneOrMore>>, asker: Asker): boolean {
  return Object.entries(keys).every(([key, wanted]) => {
    const actual = contextOf(asker)[key.toLowerCase()];
    if (actual === undefined) return operator.endsWith("IfExists");
    const test = tests[operator.replace(/IfExists$/, "").replace(/^ForAnyValue:/, "")];
    return test?.(list(wanted), actual) === true;
  });
}

function contextOf(asker: Asker): Readonly<Record<string, string>> {
  const secure = { "aws:securetransport": "true" };
  return asker.kind === "anybody"
    ? secure
    : { ...secure, "aws:sourcearn": asker.arn, "aws:sourceaccount": asker.accountId };
}

const like = (wanted: readonly string[], actual: string): boolean =>
  wanted.some((pattern) => matchesPattern(pattern, actual));
const equal = (wanted: readonly string[], actual: string): boolean => wanted.includes(actual);

const tests: Readonly<Record<string, (wanted: readonly string[], actual: string) => boolean>> = {
  StringEquals: equal,
  StringNotEquals: (wanted, actual) => !equal(wanted, actual),
  StringLike: like,
  StringNotLike: (wanted, actual) => !like(wanted, actual),
  ArnEquals: like,
  ArnLike: like,
  ArnNotLike: (wanted, actual) => !like(wanted, actual),
  Bool: (wanted, actual) => wanted.map((one) => one.toLowerCase()).includes(actual),
};

function list(value: OneOrMore | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}
