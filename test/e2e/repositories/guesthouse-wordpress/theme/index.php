<!doctype html>
<html <?php language_attributes(); ?>>
<head><?php wp_head(); ?></head>
<body>
<h1><?php bloginfo('name'); ?></h1>
<p><?php echo GUESTHOUSE_BEDS; ?> beds, photographs of up to <?php echo ini_get('upload_max_filesize'); ?></p>
<?php while (have_posts()) : the_post(); ?>
<article><h2><?php the_title(); ?></h2><?php the_content(); ?></article>
<?php endwhile; ?>
<?php wp_footer(); ?>
</body>
</html>
