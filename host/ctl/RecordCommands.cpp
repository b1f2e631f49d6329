#include "common/Json.h"
#include "host/ctl/Commands.h"
#include "host/ctl/Context.h"
#include "host/sources/DemoData.h"

#include <fstream>

namespace host::ctl {

namespace {

std::string recordsPath(const std::string& organization) {
    return "/api/v1/organizations/" + RestClient::segment(organization) + "/records";
}

int postRecords(Context& context, const Arguments& arguments) {
    const std::string batch = readFile(arguments.words[1]);
    auto answer = context.rest().post(recordsPath(arguments.words[0]), batch).object();
    if (context.wantsJson()) {
        context.print(*answer);
        return kOk;
    }
    Poco::JSON::Object counts;
    for (const auto& [key, value] : *answer)
        if (!value.isEmpty() && value.type() != typeid(Poco::JSON::Array::Ptr)) counts.set(key, value);
    context.print(counts);
    bool refused = false;
    if (auto items = answer->getArray("items")) {
        for (std::size_t i = 0; i < items->size(); ++i) {
            auto item = items->getObject(static_cast<unsigned>(i));
            auto errors = item ? item->getArray("errors") : nullptr;
            if (!errors || errors->empty()) continue;
            refused = true;
            std::cout << shown(item->get("kind")) << " " << shown(item->get("externalId")) << ": " << shown(errors)
                      << "\n";
        }
    }
    return refused ? kRefused : kOk;
}

/// Tells what became of a file's rows; the first wrong ones by line and column.
void tellImport(const Context& context, const std::string& file, const Poco::JSON::Object& report) {
    if (context.wantsJson()) {
        context.print(report);
        return;
    }
    std::cout << file << " by " << shown(report.get("mapping")) << ": " << shown(report.get("counts")) << "\n";
    if (auto assumed = report.getArray("assumed"))
        for (const auto& remark : *assumed) std::cout << "  assumed: " << shown(remark) << "\n";
    auto errors = report.getArray("errors");
    constexpr std::size_t kShown = 20;
    for (std::size_t i = 0; errors && i < std::min(errors->size(), kShown); ++i) {
        auto one = errors->getObject(static_cast<unsigned>(i));
        std::cout << "  line " << shown(one->get("row")) << ", " << shown(one->get("column")) << " '"
                  << shown(one->get("value")) << "': " << shown(one->get("reason")) << "; " << shown(one->get("fix"))
                  << "\n";
    }
    if (errors && errors->size() > kShown)
        std::cout << "  … more: GET /api/v1/organizations/…/imports/" << shown(report.get("id")) << "/errors\n";
    std::cout << std::flush;
}

void importFile(Context& context, const std::string& organization, const std::string& mapping,
                const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (!in || error) throw UsageError(fmt::format("The file '{}' can't be read.", file));
    const std::string path = "/api/v1/organizations/" + RestClient::segment(organization) +
                             "/imports?mapping=" + RestClient::segment(mapping);
    tellImport(context, file, *context.rest().postStream(path, "text/csv", in, size).object());
}

int importFiles(Context& context, const Arguments& arguments) {
    const std::string& organization = arguments.words[0];
    const auto mapping = arguments.value("mapping");
    const auto manifest = arguments.value("manifest");
    if (mapping.has_value() == manifest.has_value())
        throw UsageError("'import' needs either --mapping NAME and files, or --manifest FILE and --data DIR.");
    if (mapping) {
        if (arguments.words.size() < 2) throw UsageError("'import --mapping' needs a file.");
        for (std::size_t i = 1; i < arguments.words.size(); ++i)
            importFile(context, organization, *mapping, arguments.words[i]);
        return kOk;
    }
    const auto data = arguments.value("data");
    if (!data || arguments.words.size() > 1)
        throw UsageError("'import --manifest FILE' needs --data DIR, and no files.");
    Poco::JSON::Array::Ptr steps;
    try {
        steps = Poco::JSON::Parser().parse(readFile(*manifest)).extract<Poco::JSON::Object::Ptr>()->getArray("steps");
    } catch (const Poco::Exception& e) {
        throw UsageError(fmt::format("The manifest '{}' is not valid: {}.", *manifest, e.displayText()));
    }
    if (!steps) throw UsageError(fmt::format("The manifest '{}' has no steps.", *manifest));
    // All files are looked for first: a missing one must not leave an import half done.
    std::vector<std::pair<std::string, std::string>> work;
    for (std::size_t i = 0; i < steps->size(); ++i) {
        auto step = steps->getObject(static_cast<unsigned>(i));
        const std::string file = std::filesystem::path(*data) / step->getValue<std::string>("file");
        if (!std::filesystem::exists(file))
            throw UsageError(fmt::format("The file '{}' of the manifest is not there.", file));
        work.emplace_back(step->getValue<std::string>("mapping"), file);
    }
    for (const auto& [name, file] : work) importFile(context, organization, name, file);
    return kOk;
}

/// Sends the demonstration's records as they come; a record that is refused ends it, since all of them are ours.
class DemoUpload : public sources::DemoSink {
public:
    DemoUpload(Context& context, std::string organization) : context_(context), path_(recordsPath(organization)) {}

    void batch(const std::string& json) override {
        auto answer = context_.rest().post(path_, json).object();
        auto counts = answer->getObject("counts");
        if (!counts || counts->optValue<int>("rejected", 0) > 0)
            throw Refusal(422,
                          "The server refused demonstration records: " + shown(answer->get("items")).substr(0, 2000));
        for (const auto& [status, number] : *counts) counts_[status] += number.convert<std::int64_t>();
    }

    void file(const sources::DemoFile& file) override {
        std::istringstream bytes(file.bytes);
        const std::string query =
            fmt::format("/files?source={}&externalId={}&{}={}&name={}", sources::DemoData::kSource,
                        RestClient::segment(file.externalId), file.owner, RestClient::segment(file.ownerExternalId),
                        RestClient::segment(file.name));
        context_.rest().postStream(path_ + query, "application/octet-stream", bytes, file.bytes.size());
        ++counts_["files"];
    }

    const std::map<std::string, std::int64_t>& counts() const { return counts_; }

private:
    Context& context_;
    const std::string path_;
    std::map<std::string, std::int64_t> counts_;
};

/// True when there is something at `path`.
bool exists(RestClient& rest, const std::string& path) {
    try {
        rest.get(path);
        return true;
    } catch (const Refusal& e) {
        if (e.status() != 404) throw;
        return false;
    }
}

/// The demonstration's project and organization, when they are not there yet.
void makeDemoOrganization(Context& context, const std::string& organization) {
    bool known = false;
    const auto projects = context.rest().all("/api/v1/projects");
    for (const auto& project : projects)
        known = known ||
                project.extract<Poco::JSON::Object::Ptr>()->getValue<std::string>("id") == sources::DemoData::kProject;
    if (!known) {
        common::JsonWriter json;
        json.object().member("id", sources::DemoData::kProject).member("title", "Кадры для БАС");
        json.member("profile", "bas").end();
        context.rest().post("/api/v1/projects", json.take());
    }
    if (exists(context.rest(), "/api/v1/organizations/" + RestClient::segment(organization))) return;
    common::JsonWriter json;
    json.object().member("id", organization).member("legalName", "АНО ДПО «Демонстрация»");
    json.member("fullName",
                "Автономная некоммерческая организация дополнительного профессионального образования «Демонстрация»");
    json.member("tariff", "professional").key("participation").array().value("bas").end();
    json.key("projects").array().value(sources::DemoData::kProject).end();
    json.member("timeZone", "Europe/Moscow")
        .member("activityBase", fmt::format("https://{}.example.org", organization));
    json.member("responsibleName", "Анна Смирнова").member("responsiblePhone", "+7 495 000-00-00");
    json.member("responsibleEmail", "anna@example.org").member("corporateEmail", "office@example.org").end();
    context.rest().post("/api/v1/organizations", json.take());
    context.say(fmt::format("Organization '{}' is made, with example names and addresses.", organization));
}

int loadDemo(Context& context, const Arguments& arguments) {
    const std::string& organization = arguments.words[0];
    const std::string seed = arguments.value("seed").value_or("1");
    if (seed.empty() || seed.size() > 18 || seed.find_first_not_of("0123456789") != std::string::npos)
        throw UsageError(fmt::format("'{}' is not a seed; give a whole number.", seed));
    makeDemoOrganization(context, organization);
    DemoUpload upload(context, organization);
    const auto summary = sources::DemoData::generate(std::stoull(seed), upload);
    Poco::JSON::Object told(Poco::JSON_PRESERVE_KEY_ORDER);
    told.set("learners", summary.learners);
    told.set("results", summary.results);
    told.set("views", summary.views);
    told.set("openings", summary.openings);
    told.set("reflections", summary.reflections);
    told.set("files", summary.files);
    told.set("statementsAtMost", summary.statementsAtMost);
    for (const char* status : {"created", "updated", "unchanged"}) {
        auto it = upload.counts().find(status);
        told.set(status, it == upload.counts().end() ? 0 : it->second);
    }
    context.print(told);
    return kOk;
}

}  // namespace

std::vector<Command> recordCommands() {
    return {
        {{"import"},
         {"ORG", "[FILE…]"},
         "Brings CSV files in: --mapping NAME FILE…, or every step of --manifest FILE",
         {{"mapping", "NAME", "how columns become records: oulad/results"},
          {"manifest", "FILE", "files and their mappings, in order: config/mappings/oulad/import.json"},
          {"data", "DIR", "where the manifest's files are"}},
         importFiles},
        {{"demo", "load"},
         {"ORG"},
         "Fills an organization with made-up records; makes it when it is not there",
         {{"seed", "N", "another number makes other people; 1 when not given"}},
         loadDemo},
        {{"records", "post"}, {"ORG", "FILE"}, "Brings a JSON batch of records in", {}, postRecords},
    };
}

}  // namespace host::ctl
