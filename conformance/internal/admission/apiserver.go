// Package admission answers as a control plane does when a custom resource is created: its API server by the CRD, then KServe's webhook.
package admission

import (
	"context"
	"errors"
	"fmt"
	"sort"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	schemaobjectmeta "k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiextensions-apiserver/pkg/crdserverscheme"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresource"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
)

// defaultNamespace is where kubectl puts an object without one.
const defaultNamespace = "default"

// apiServer does, for one CRD, what kube-apiserver's handler of custom resources does with a create request of fieldValidation=Strict.
// The handler itself is not exported; its steps, in its order, are.
type apiServer struct {
	kind       schema.GroupVersionKind
	structural *structuralschema.Structural
	strategy   rest.RESTCreateStrategy
	decoder    runtime.Decoder
}

func newAPIServer(crd *apiextensionsv1.CustomResourceDefinition) (*apiServer, error) {
	version := crd.Spec.Versions[0]
	kind := schema.GroupVersionKind{Group: crd.Spec.Group, Version: version.Name, Kind: crd.Spec.Names.Kind}
	internal := &apiextensions.CustomResourceValidation{}
	if err := apiextensionsv1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(version.Schema, internal, nil); err != nil {
		return nil, err
	}
	structural, err := structuralschema.NewStructural(internal.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	validator, _, err := validation.NewSchemaValidator(internal.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	typer := crdserverscheme.NewUnstructuredObjectTyper()
	return &apiServer{
		kind:       kind,
		structural: structural,
		strategy: customresource.NewStrategy(typer, true, kind, validator, nil, structural,
			&apiextensions.CustomResourceSubresourceStatus{}, nil, nil),
		decoder: json.NewSerializerWithOptions(json.DefaultMetaFactory, creator{}, typer, json.SerializerOptions{Strict: true}),
	}, nil
}

type creator struct{}

func (creator) New(kind schema.GroupVersionKind) (runtime.Object, error) {
	object := &unstructured.Unstructured{}
	object.SetGroupVersionKind(kind)
	return object, nil
}

// decode reads a request's body. unknown are the fields that strict field validation refuses and any other drops; refusal is why the
// body is no object of this kind at all.
func (s *apiServer) decode(body []byte) (object *unstructured.Unstructured, unknown []string, refusal error) {
	decoded, kind, err := s.decoder.Decode(body, nil, &unstructured.Unstructured{})
	unknown = []string{}
	if strict, ok := runtime.AsStrictDecodingError(err); ok {
		for _, duplicate := range strict.Errors() {
			unknown = append(unknown, duplicate.Error())
		}
	} else if err != nil {
		return nil, unknown, err
	}
	object, ok := decoded.(*unstructured.Unstructured)
	if !ok {
		return nil, unknown, fmt.Errorf("expected one object, got %T", decoded)
	}
	if *kind != s.kind {
		return nil, unknown, fmt.Errorf("expected %s, got %s", s.kind, *kind)
	}
	paths, err := s.coerce(object)
	unknown = append(unknown, paths...)
	sort.Strings(unknown)
	if err != nil {
		return nil, unknown, err
	}
	defaulting.Default(object.Object, s.structural)
	return object, unknown, nil
}

// coerce follows unstructuredSchemaCoercer.apply: metadata by its Go type, everything else by the schema.
func (s *apiServer) coerce(object *unstructured.Unstructured) (unknown []string, err error) {
	apiVersion, kind := object.GetAPIVersion(), object.GetKind()
	meta, hasMeta, unknown, err := schemaobjectmeta.GetObjectMetaWithOptions(object.Object, schemaobjectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true})
	if err != nil {
		return nil, err
	}
	unknown = append(unknown, pruning.PruneWithOptions(object.Object, s.structural, true, structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})...)
	defaulting.PruneNonNullableNullsWithoutDefaults(object.Object, s.structural)
	fieldErr, paths := schemaobjectmeta.CoerceWithOptions(nil, object.Object, s.structural, false, schemaobjectmeta.CoerceOptions{ReturnUnknownFieldPaths: true})
	unknown = append(unknown, paths...)
	if fieldErr != nil {
		return unknown, fieldErr
	}
	object.SetAPIVersion(apiVersion)
	object.SetKind(kind)
	if hasMeta {
		return unknown, schemaobjectmeta.SetObjectMeta(object.Object, meta)
	}
	return unknown, nil
}

// prepare fills in what a client and the API server do before the object is judged, and drops its status.
func (s *apiServer) prepare(object *unstructured.Unstructured) {
	if object.GetNamespace() == "" {
		object.SetNamespace(defaultNamespace)
	}
	if object.GetName() == "" && object.GetGenerateName() != "" {
		object.SetName(object.GetGenerateName() + "abcde") // as many characters as the API server adds
	}
	rest.FillObjectMetaSystemFields(object)
	s.strategy.PrepareForCreate(context.Background(), object)
}

// validate is what the API server says before it asks a validating webhook: metadata, schema, unique keys of lists.
func (s *apiServer) validate(object *unstructured.Unstructured) []string {
	return problems(rest.BeforeCreate(s.strategy, genericapirequest.WithNamespace(context.Background(), object.GetNamespace()), object.DeepCopy()))
}

func problems(err error) []string {
	found := []string{}
	var status apierrors.APIStatus
	switch {
	case err == nil:
	case errors.As(err, &status) && status.Status().Details != nil && len(status.Status().Details.Causes) > 0:
		for _, cause := range status.Status().Details.Causes {
			found = append(found, cause.Field+": "+cause.Message)
		}
	default:
		found = append(found, err.Error())
	}
	sort.Strings(found)
	return found
}
