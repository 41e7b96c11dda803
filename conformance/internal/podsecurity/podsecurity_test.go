package podsecurity

import (
	"reflect"
	"testing"
)

func TestAsk(t *testing.T) {
	const restricted = `{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}}`
	cases := []struct {
		name, podSpec string
		want          []Violation
	}{
		{"restricted", `{"containers":[{"name":"a","securityContext":` + restricted + `}]}`, []Violation{}},
		{"host network", `{"hostNetwork":true,"containers":[{"name":"a","securityContext":` + restricted + `}]}`, []Violation{{"host namespaces", "hostNetwork=true"}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := Ask([]byte(`{"podSpec":` + c.podSpec + `}`))
			if err != nil {
				t.Fatal(err)
			}
			if want := (Answer{c.want}); !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}
