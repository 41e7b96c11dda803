module cdk8s-kserve/conformance/gostd

go 1.25
