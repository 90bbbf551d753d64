/** Whether a variable holds what is nobody's business, told by its name. */
export function isSecret(name: string): boolean {
  return (
    /(?:^|_)(?:SECRET|TOKEN|API_KEY|PRIVATE_KEY|SECRET_KEY|MASTER_KEY|KEY_BASE)(?:$|_)/.test(name) &&
    !/PUBLIC|PUBLISHABLE/.test(name)
  );
}
