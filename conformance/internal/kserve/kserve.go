// Package kserve reads the manifests that ship with the KServe release that this module links.
package kserve

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	corev1 "k8s.io/api/core/v1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"
)

// configDir is where the build puts KServe's folder config, below this module's folder. scripts/build-old.sh sets another (ldflags -X).
var configDir = "build/kserve/config"

// Scheme knows every type that KServe's manager works with.
var Scheme = sync.OnceValue(func() *runtime.Scheme {
	scheme := runtime.NewScheme()
	if err := addTypes(scheme); err != nil {
		panic(err) // a collision of types inside KServe itself
	}
	return scheme
})

// CRD reads a full CustomResourceDefinition by its plural name, such as "inferencegraphs".
func CRD(plural string) (*apiextensionsv1.CustomResourceDefinition, error) {
	crd := &apiextensionsv1.CustomResourceDefinition{}
	if err := read(filepath.Join("crd", "full", "serving.kserve.io_"+plural+".yaml"), crd); err != nil {
		return nil, err
	}
	apiextensionsv1.SetDefaults_CustomResourceDefinition(crd)
	return crd, nil
}

// ConfigMap reads the shipped inferenceservice-config.
func ConfigMap() (*corev1.ConfigMap, error) {
	configMap := &corev1.ConfigMap{}
	return configMap, read(filepath.Join("configmap", "inferenceservice.yaml"), configMap)
}

// Runtimes are the paths of the shipped ClusterServingRuntimes' manifests.
func Runtimes() ([]string, error) {
	dir, err := findConfig()
	if err != nil {
		return nil, err
	}
	return filepath.Glob(filepath.Join(dir, "runtimes", "kserve-*.yaml"))
}

func read(file string, into any) error {
	dir, err := findConfig()
	if err != nil {
		return err
	}
	content, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		return err
	}
	if err := yaml.Unmarshal(content, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// findConfig looks above the program, then above the working directory (where `go test` runs).
func findConfig() (string, error) {
	program, err := os.Executable()
	if err != nil {
		return "", err
	}
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for _, start := range []string{filepath.Dir(program), here} {
		for dir := start; ; dir = filepath.Dir(dir) {
			candidate := filepath.Join(dir, configDir)
			if info, err := os.Stat(candidate); err == nil && info.IsDir() {
				return candidate, nil
			}
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
	return "", errors.New("KServe's manifests are missing: run npx projen conformance:build")
}
