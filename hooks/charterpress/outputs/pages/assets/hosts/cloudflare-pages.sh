# The build command at Cloudflare Pages; the output directory is site, and SITE_URL a variable of both environments.
if [ "$CF_PAGES_BRANCH" = main ]; then # your production branch
  git fetch --quiet --tags --unshallow || git fetch --quiet --tags
  python3 -m venv .venv && .venv/bin/python -m pip install --quiet --require-hashes -r requirements.txt && .venv/bin/charter ci publish --site site
else
  python3 -m venv .venv && .venv/bin/python -m pip install --quiet --require-hashes -r requirements.txt && .venv/bin/charter build
fi
