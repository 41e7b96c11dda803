#!/usr/bin/env bash
# The dog-breed pipeline in another language, from the package that jsii makes of this one: it must write what TypeScript writes, to the letter.
# In Python the pipeline without a controller too, whose parts are constructs of cdk8s-plus.
#   .ci/languages.sh python|go|java
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
language=$1
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT

npx projen compile >/dev/null
CDK8S_OUTDIR="$folder/expected" npx ts-node -T --project tsconfig.check.json examples/dog-breed.ts
npx jsii-pacmak --code-only --target "$language" --outdir "$folder/dist"
export CDK8S_OUTDIR="$folder/actual"
version=$(node -p "require('cdk8s/package.json').version")

case $language in
  python)
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install --quiet setuptools wheel
    # the generated project pins a setuptools that registries have dropped; any current one builds it
    sed -i 's/setuptools~=[0-9.]*/setuptools/; s/wheel~=[0-9.]*/wheel/' "$folder/dist/python/pyproject.toml"
    "$folder/venv/bin/pip" install --quiet --no-build-isolation "$folder/dist/python" "cdk8s==$version"
    "$folder/venv/bin/python" examples/python/dog_breed.py
    "$folder/venv/bin/python" examples/python/standalone.py
    CDK8S_OUTDIR="$folder/expected" npx ts-node -T --project tsconfig.check.json examples/standalone.ts
    "$folder/venv/bin/python" examples/python/dog_breed_test.py
    ;;
  go)
    # the module proxy does not serve every release of cdk8s and cdk8s-plus, so their Go modules are made here as ours is
    npx jsii-pacmak --code-only --target go --outdir "$folder/dist" node_modules/cdk8s node_modules/cdk8s-plus-28
    cp -r examples/go "$folder/app"
    cd "$folder/app"
    go mod init example.com/dog-breed
    go mod edit -replace "github.com/example/cdk8s-kserve-go/cdk8skserve=$folder/dist/go/cdk8skserve"
    go mod edit -replace "github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2=$folder/dist/go/cdk8s"
    go mod edit -replace "github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2=$folder/dist/go/cdk8splus28"
    go mod tidy
    go run .
    ;;
  java)
    # nor does every Maven repository serve cdk8s-plus
    npx jsii-pacmak --code-only --target java --outdir "$folder/plus" node_modules/cdk8s-plus-28
    (cd "$folder/plus/java" && mvn --quiet --batch-mode install -DskipTests -Dmaven.repo.local="$folder/m2" -Dmaven.javadoc.skip=true -Dmaven.source.skip=true)
    (cd "$folder/dist/java" && mvn --quiet --batch-mode install -DskipTests -Dmaven.repo.local="$folder/m2" -Dmaven.javadoc.skip=true)
    mkdir -p "$folder/app/src/main/java"
    cp examples/java/*.java "$folder/app/src/main/java/"
    sed "s/@VERSION@/$(node -p "require('./package.json').version")/" "$root/.ci/java-app.xml" > "$folder/app/pom.xml"
    (cd "$folder/app" && mvn --quiet --batch-mode -Dmaven.repo.local="$folder/m2" compile exec:java exec:java@test)
    ;;
esac
cd "$root"
diff -r "$folder/expected" "$folder/actual"
echo "$language writes what TypeScript writes"
