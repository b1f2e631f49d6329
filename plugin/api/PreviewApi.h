#pragma once
/// REST of the preview: statements of a small selection as they would go, and what can't go. Nothing is kept.
/// HTTP to values and back, nothing else. Thread-safe.

#include "common/Json.h"
#include "host/sdk/Http.h"
#include "plugin/delivery/Preview.h"

#include <string>
#include <vector>

namespace plugin::api {

class PreviewApi {
public:
    explicit PreviewApi(delivery::PreviewParts parts) : parts_(std::move(parts)) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response preview(const host::sdk::Request& request);

    delivery::PreviewParts parts_;
};

/// The members "statements", "unsendable", "counts" and "complete", for whoever shows a preview.
void writePreview(common::JsonWriter& json, const delivery::Preview& preview);
/// Their schema's properties, and an example of the members.
extern const char* const kPreviewProperties;
extern const char* const kPreviewExample;

}  // namespace plugin::api
