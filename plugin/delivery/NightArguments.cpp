#include "plugin/delivery/NightArguments.h"

#include "common/Json.h"
#include "common/JsonReader.h"

namespace plugin::delivery {

namespace {

NightArguments read(common::JsonReader& in) {
    NightArguments out;
    out.dryRun = in.boolean("dryRun").value_or(false);
    if (auto only = in.text("only")) {
        if (*only == "tables")
            out.statements = false;
        else if (*only == "statements")
            out.tables = false;
        else
            in.wrong("only", "'" + *only + "' is no part of a night", "Use 'tables' or 'statements', or leave it out.");
    }
    if (auto flow = in.integer("flow", 1)) out.flowId = *flow;
    if (auto contour = in.text("contour")) {
        if (*contour == "test")
            out.contour = footprint::Contour::Test;
        else if (*contour != "production")
            in.wrong("contour", "'" + *contour + "' is no contour", "Use 'production' or 'test'.");
    }
    constexpr std::int64_t kTerabyte = std::int64_t{1} << 40;
    out.limits.rows = in.integer("maxRows", 1, 100'000'000).value_or(0);
    out.limits.bytes = in.integer("maxBytes", 65'536, kTerabyte).value_or(0);
    out.limits.archiveBytes = in.integer("archiveBytes", 65'536, kTerabyte).value_or(0);
    const bool limited = out.limits.rows != 0 || out.limits.bytes != 0 || out.limits.archiveBytes != 0;
    if (limited && !out.tables)
        in.wrong("only", "limits are of tables, and this run writes none", "Leave the limits out, or 'only'.");
    if (out.contour == footprint::Contour::Test && !out.tables)
        in.wrong("contour", "working statements never go to the test contour",
                 "Leave 'only' out, or use 'tables': a test contour's night writes tables with test ids.");
    return out;
}

void write(common::JsonWriter& json, const NightArguments& a) {
    if (a.dryRun) json.member("dryRun", true);
    if (!a.statements) json.member("only", "tables");
    if (!a.tables) json.member("only", "statements");
    if (a.flowId != 0) json.member("flow", a.flowId);
    if (a.contour == footprint::Contour::Test) json.member("contour", "test");
    if (a.limits.rows != 0) json.member("maxRows", a.limits.rows);
    if (a.limits.bytes != 0) json.member("maxBytes", a.limits.bytes);
    if (a.limits.archiveBytes != 0) json.member("archiveBytes", a.limits.archiveBytes);
}

}  // namespace

NightArguments NightArguments::fromRequest(const std::string& body) {
    common::JsonReader in(common::parseJsonObject(body.empty() ? "{}" : body));
    auto out = read(in);
    in.refuseUnknown();
    in.finish("The run can't be started as asked.");
    return out;
}

NightArguments NightArguments::fromJob(const std::string& text) {
    common::JsonReader in(common::parseJsonObject(text.empty() ? "{}" : text));
    auto out = read(in);
    out.organization = in.text("organization").value_or("");
    out.runId = in.integer("run", 1).value_or(0);
    in.refuseUnknown();
    in.finish("The job's arguments are not valid.");
    return out;
}

std::string NightArguments::toJobArguments() const {
    common::JsonWriter json;
    json.object();
    if (!organization.empty()) json.member("organization", organization);
    if (runId != 0) json.member("run", runId);
    write(json, *this);
    json.end();
    return json.take();
}

std::string NightArguments::toRequest() const {
    common::JsonWriter json;
    json.object();
    write(json, *this);
    json.end();
    return json.take();
}

}  // namespace plugin::delivery
