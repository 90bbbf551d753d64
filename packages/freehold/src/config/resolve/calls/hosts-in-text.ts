/** Ports at which a text in any language names a host: `proxy_pass http://api:8000`, `reverse_proxy api:8000`. Undefined: with none. */
export function portsOfHost(text: string, host: string): readonly (number | undefined)[] {
  return [...withoutComments(text).matchAll(asHost(host))].map(([, port]) =>
    port === undefined ? undefined : Number(port),
  );
}

/** Lines that languages of configuration take for remarks. */
function withoutComments(text: string): string {
  return text.replaceAll(/^[ \t]*(?:#|\/\/|;|--).*$/gm, "");
}

/** After a scheme or credentials with or without a port, elsewhere with one. A step of a path is no host. */
function asHost(host: string): RegExp {
  const name = RegExp.escape(host);
  return new RegExp(
    `(?:(?<=[a-z0-9+]://|://[^\\s/@]{1,200}@)${name}(?![\\w.:-])|(?<![\\w.$-]|(?<!/)/)${name}:(\\d{2,5})(?![\\w.]))`,
    "gi",
  );
}
