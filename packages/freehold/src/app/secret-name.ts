const words = "TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|PASS|KEY|CREDENTIALS?|AUTH|PAT|DSN";

/** Names whose words say that the value is a secret: `NPM_TOKEN`, `apiKey`; not `PUBLIC_KEY`. */
const marked = new RegExp(`(^|[_.-])(${words})([_.-](BASE64|VALUE|[0-9]{1,3}))?$`);

/** Whether a variable's name says that its value is a secret. */
export function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase();
  return marked.test(words) && !/(^|[_.-])PUBLIC[_.-]/.test(words);
}
