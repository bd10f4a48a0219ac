// Builds the sidecar from source where the official release cannot be fetched.
// `go build` fills in the indirect requirements in a copy of this folder; this file stays small.
module io.dapr.quickstarts.bindings/daprd

go 1.26.4

require github.com/dapr/dapr v1.18.1

tool github.com/dapr/dapr/cmd/daprd

// Replacements count only in the main module, so those of the go.mod of Dapr's version above are repeated here.
replace (
	dubbo.apache.org/dubbo-go/v3 => dubbo.apache.org/dubbo-go/v3 v3.0.3-0.20230118042253-4f159a2b38f3
	github.com/chenzhuoyu/iasm => github.com/chenzhuoyu/iasm v0.9.0
	github.com/chzyer/logex => github.com/chzyer/logex v1.2.1
	github.com/gobwas/pool => github.com/gobwas/pool v0.2.1
	github.com/toolkits/concurrent => github.com/niean/gotools v0.0.0-20151221085310-ff3f51fc5c60
	gopkg.in/couchbaselabs/gocbconnstr.v1 => github.com/couchbaselabs/gocbconnstr v1.0.5
)
