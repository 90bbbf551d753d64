/**
 * A variable whose value is known only once the resource exists. A `secret` binding carries a credential: its value is
 * composed by the engine and stored in Secrets Manager; a plain one is an attribute Terraform knows.
 */
export type Binding =
  /** Binding 1 of the language: a URL whose host is a managed service. Scheme (already `rediss`), path and query are the user's. */
  | {
      readonly kind: "url";
      readonly resource: string;
      readonly scheme: string;
      /** Database: the role to log in as. */
      readonly role?: string;
      /** With its leading slash, or empty. */
      readonly path: string;
      /** Without the question mark, or empty; `sslmode=verify-full` already added for PostgreSQL. */
      readonly query: string;
      /** The resource asks for no credential, and the URL carries none. */
      readonly open?: true;
    }
  /** Bindings 2, 3 and 4: one attribute of a resource. `password` is a secret, everything else is plain. */
  | {
      readonly kind: "attribute";
      readonly resource: string;
      readonly attribute: Attribute;
      readonly role?: string;
    }
  /** A connection text of a database, such as `Host=db;Username=app;Password=…`; it is kept as one that carries the password. */
  | {
      readonly kind: "text";
      readonly resource: string;
      readonly role: string;
      readonly database: string;
      /** How a value that may hold any character is written: `"a""b"` in ADO.NET, `'a\'b'` in libpq, as it is in Go. */
      readonly quoting: "doubled" | "escaped" | "none";
      readonly parts: readonly TextPart[];
    };

/** Of a connection text: what the user wrote, or an attribute in its place. */
export type TextPart = { readonly text: string } | { readonly attribute: Attribute };

/** `address` is the host with its port. */
export type Attribute = "host" | "port" | "address" | "user" | "password" | "name" | "url" | "arn";

/** Whether the value carries a credential and must live in Secrets Manager. A queue's `url` attribute does not. */
export function isSecretBinding(binding: Binding): boolean {
  switch (binding.kind) {
    case "url":
      return binding.open !== true;
    case "attribute":
      return binding.attribute === "password";
    case "text":
      return true;
  }
}
