<?php
// WordPress's settings from the variables of the official image: WORDPRESS_NAME, or the file that WORDPRESS_NAME_FILE names.

function setting(string $name, string $otherwise): string
{
    $file = getenv("WORDPRESS_{$name}_FILE");
    if ($file !== false && $file !== '') {
        return rtrim(file_get_contents($file), "\r\n");
    }
    $value = getenv("WORDPRESS_$name");
    return $value === false ? $otherwise : $value;
}

define('DB_NAME', setting('DB_NAME', 'wordpress'));
define('DB_USER', setting('DB_USER', 'example username'));
define('DB_PASSWORD', setting('DB_PASSWORD', 'example password'));
define('DB_HOST', setting('DB_HOST', 'mysql'));
define('DB_CHARSET', setting('DB_CHARSET', 'utf8mb4'));
define('DB_COLLATE', setting('DB_COLLATE', ''));

// Without a key of its own, one that every container of the same database shares.
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $purpose) {
    foreach (['KEY', 'SALT'] as $kind) {
        $name = "{$purpose}_$kind";
        define($name, setting($name, hash('sha256', $name . DB_HOST . DB_NAME . DB_PASSWORD)));
    }
}

$table_prefix = setting('TABLE_PREFIX', 'wp_');
define('WP_DEBUG', setting('DEBUG', '') !== '');

if (str_contains($_SERVER['HTTP_X_FORWARDED_PROTO'] ?? '', 'https')) {
    $_SERVER['HTTPS'] = 'on';
}

eval(setting('CONFIG_EXTRA', ''));

if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
