#include "common/Json.h"
#include "host/ctl/Commands.h"
#include "host/ctl/Context.h"

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

}  // namespace

std::vector<Command> recordCommands() {
    return {
        {{"import"},
         {"ORG…"},
         "Brings CSV files in: --mapping NAME FILE…, or every step of --manifest FILE",
         {{"mapping", "NAME", "how columns become records: oulad/results"},
          {"manifest", "FILE", "files and their mappings, in order: config/mappings/oulad/import.json"},
          {"data", "DIR", "where the manifest's files are"}},
         importFiles},
        {{"records", "post"}, {"ORG", "FILE"}, "Brings a JSON batch of records in", {}, postRecords},
    };
}

}  // namespace host::ctl
