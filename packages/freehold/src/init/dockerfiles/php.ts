import type { Recipe } from "../part.ts";

/** Apache with PHP in it, as the official image has it. */
export function phpDockerfile({
  version,
  root,
  extensions,
}: Extract<Recipe, { language: "php" }>): readonly string[] {
  const system = extensions.includes("pdo_pgsql")
    ? [
        "RUN apt-get update && apt-get install -y --no-install-recommends libpq-dev && rm -rf /var/lib/apt/lists/*",
      ]
    : [];
  return [
    `FROM php:${version}-apache`,
    ...system,
    ...(extensions.length === 0 ? [] : [`RUN docker-php-ext-install ${extensions.join(" ")}`]),
    "RUN a2enmod rewrite",
    ...(root === "."
      ? []
      : [`RUN sed -i 's#/var/www/html#/var/www/html/${root}#' /etc/apache2/sites-available/*.conf`]),
    "COPY --chown=www-data:www-data . /var/www/html",
    "EXPOSE 80",
  ];
}
