# The build command at Cloudflare Pages; the output directory is site, and SITE_URL a variable of both environments.
if [ "$CF_PAGES_BRANCH" = main ]; then # your production branch
  git fetch --quiet --tags --unshallow || git fetch --quiet --tags
  .ci/setup site && .venv/bin/charter ci publish --site site
else
  .ci/setup site && .venv/bin/mkdocs build --strict
fi
