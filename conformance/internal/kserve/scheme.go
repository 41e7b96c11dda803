//go:build !kserve_0_15

package kserve

import (
	"github.com/kserve/kserve/pkg/scheme"
	"k8s.io/apimachinery/pkg/runtime"
)

func addTypes(into *runtime.Scheme) error { return scheme.AddAll(into) }
