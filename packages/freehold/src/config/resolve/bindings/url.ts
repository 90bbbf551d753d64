/** Parts of a URL as the user wrote them: nothing is decoded but the user, nothing normalised. */
export interface UrlParts {
  /** `jdbc:mysql` of `jdbc:mysql://…`. */
  readonly scheme: string;
  readonly user?: string;
  readonly host: string;
  /** With its leading slash, or empty. */
  readonly path: string;
  /** Without the question mark, or empty. */
  readonly query: string;
}

const form =
  /^((?:jdbc:)?[a-z][a-z0-9+.-]*):\/\/(?:([^:@/?#]*)(?::([^@/?#]*))?@)?([^:/?#@,]+)(?::\d+)?(\/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$/i;

/** Undefined when the text is no URL with one host. */
export function parseUrl(text: string): UrlParts | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, scheme = "", user, , host = "", path = "", query = ""] = match;
  const decoded = user === undefined || user === "" ? undefined : decode(user);
  return {
    scheme: scheme.toLowerCase(),
    ...(decoded === undefined ? {} : { user: decoded }),
    host,
    path,
    query,
  };
}

export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
