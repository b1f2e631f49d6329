#include "plugin/delivery/NightArguments.h"

#include "common/Json.h"
#include "common/JsonReader.h"

namespace plugin::delivery {

namespace {

void readFiles(common::JsonReader& in, NightArguments& out) {
    if (auto selection = in.text("select")) {
        if (auto found = store::fileSelectionFrom(*selection))
            out.selection = *found;
        else
            in.wrong("select", "'" + *selection + "' is no selection", "Use 'due', 'all' or 'accepted'.");
    }
    out.fileStatements = in.integer("fileStatements", 1, 1'000'000).value_or(0);
    out.fileBytes = in.integer("fileBytes", 1'024, std::int64_t{4} * 1024 * 1024 * 1024).value_or(0);
    if (out.xapiFiles) return;
    for (const auto* name : {"select", "fileStatements", "fileBytes"})
        if (in.has(name))
            in.wrong(name, "it is about xAPI files, which are not asked for", "Add 'only': 'xapi-files'.");
}

void readSelection(common::JsonReader& in, NightArguments& out) {
    if (auto learner = in.integer("learner", 1)) out.learnerId = *learner;
    out.kind = in.text("kind", 200).value_or("");
    out.project = in.text("project", 200).value_or("");
    if (out.dryRun) return;
    // A night takes back what it didn't plan: one narrowed to a part would take back the rest.
    for (const auto* name : {"learner", "kind", "project"})
        if (in.has(name)) in.wrong(name, "only a dry run is narrowed by it", "Add 'dryRun': true, or leave it out.");
}

NightArguments read(common::JsonReader& in) {
    NightArguments out;
    out.dryRun = in.boolean("dryRun").value_or(false);
    if (auto only = in.text("only")) {
        if (*only == "tables") {
            out.statements = false;
        } else if (*only == "statements") {
            out.tables = false;
        } else if (*only == "xapi-files") {
            out.xapiFiles = true;
            out.statements = out.tables = false;
        } else if (*only == "readiness") {
            out.statements = out.tables = false;
        } else {
            in.wrong("only", "'" + *only + "' is no part of a night",
                     "Use 'tables', 'statements', 'xapi-files' or 'readiness', or leave it out.");
        }
    }
    readFiles(in, out);
    readSelection(in, out);
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
        in.wrong("contour", "working statements never go to the test contour, and nobody is accepted by it",
                 "Leave 'only' out, or use 'tables': a test contour's night writes tables with test ids.");
    return out;
}

void write(common::JsonWriter& json, const NightArguments& a) {
    if (a.dryRun) json.member("dryRun", true);
    if (a.xapiFiles)
        json.member("only", "xapi-files");
    else if (!a.statements)
        json.member("only", a.tables ? "tables" : "readiness");
    else if (!a.tables)
        json.member("only", "statements");
    if (a.selection != store::FileSelection::Due) json.member("select", store::toString(a.selection));
    if (a.fileStatements != 0) json.member("fileStatements", a.fileStatements);
    if (a.fileBytes != 0) json.member("fileBytes", a.fileBytes);
    if (a.learnerId != 0) json.member("learner", a.learnerId);
    json.memberIfSet("kind", a.kind).memberIfSet("project", a.project);
    if (a.flowId != 0) json.member("flow", a.flowId);
    if (a.contour == footprint::Contour::Test) json.member("contour", "test");
    if (a.limits.rows != 0) json.member("maxRows", a.limits.rows);
    if (a.limits.bytes != 0) json.member("maxBytes", a.limits.bytes);
    if (a.limits.archiveBytes != 0) json.member("archiveBytes", a.limits.archiveBytes);
    json.memberIfSet("resend", a.resend);
}

}  // namespace

NightArguments NightArguments::fromRequest(const std::string& body) {
    common::JsonReader in(common::parseJsonObject(body.empty() ? "{}" : body));
    auto out = read(in);
    in.refuseUnknown();
    in.finish("The run can't be started as asked");
    return out;
}

NightArguments NightArguments::fromJob(const std::string& text) {
    common::JsonReader in(common::parseJsonObject(text.empty() ? "{}" : text));
    auto out = read(in);
    out.organization = in.text("organization").value_or("");
    out.runId = in.integer("run", 1).value_or(0);
    out.resend = in.text("resend", 200).value_or("");
    in.refuseUnknown();
    in.finish("The job's arguments are not valid");
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
