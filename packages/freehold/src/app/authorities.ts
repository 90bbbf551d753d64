/** Where every image finds the certificate authorities of databases and caches. */
export const authoritiesPath = "/etc/freehold/ca.pem";
