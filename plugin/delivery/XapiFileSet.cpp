#include "plugin/delivery/XapiFileSet.h"

#include "common/Json.h"
#include "host/sdk/Error.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace plugin::delivery {

namespace {

constexpr std::size_t kBuffer = 1u << 20;
constexpr std::string_view kBegin = "[\n";
constexpr std::string_view kBetween = ",\n";
constexpr std::string_view kEnd = "\n]\n";

[[noreturn]] void failed(const std::string& what, const std::string& name, int error) {
    throw host::sdk::AppError(
        500, "xapi-files.write",
        fmt::format("The xAPI file '{}' could not be {}: {}; check free space and permissions of the module's folder.",
                    name, what, std::strerror(error)));
}

void write(int descriptor, std::string_view bytes, const std::string& name) {
    while (!bytes.empty()) {
        const ssize_t done = ::write(descriptor, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) failed("written", name, errno);
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
}

int create(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (descriptor < 0) failed("made", path.filename().string(), errno);
    return descriptor;
}

void syncFolder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int error = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (!synced) failed("synced", folder.filename().string(), error);
}

void writeCounts(common::JsonWriter& json, const char* name,
                 const std::map<std::string, std::int64_t, std::less<>>& counts) {
    json.key(name).object();
    for (const auto& [key, value] : counts) json.member(key, value);
    json.end();
}

void count(std::map<std::string, std::int64_t, std::less<>>& counts, std::string_view key) {
    auto it = counts.find(key);
    if (it == counts.end()) it = counts.emplace(std::string(key), 0).first;
    ++it->second;
}

}  // namespace

XapiFileSet::XapiFileSet(std::filesystem::path parent, XapiFileLimits limits, XapiFileFacts facts)
    : parent_(std::move(parent)), staged_(parent_ / ".xapi.part"), limits_(limits), facts_(std::move(facts)) {
    std::error_code error;
    std::filesystem::remove_all(staged_, error);  // what a broken run may have left under the same name
    if (!error) std::filesystem::create_directories(staged_, error);
    if (error) failed("put into its folder", "xapi", error.value());
}

XapiFileSet::~XapiFileSet() {
    if (descriptor_ >= 0) ::close(descriptor_);
    std::error_code ignored;
    if (!published_) std::filesystem::remove_all(staged_, ignored);
}

void XapiFileSet::add(bool methodist, const XapiStatement& statement) {
    if (open_) {
        const auto& file = files_.back();
        const auto full = static_cast<std::size_t>(file.statements) >= limits_.statements ||
                          fileBytes_ + kBetween.size() + statement.bytes.size() + kEnd.size() > limits_.bytes;
        if (full || file.methodist != methodist) end();
    }
    if (!open_) begin(methodist);
    auto& file = files_.back();
    const auto before = buffer_.size();
    buffer_ += file.statements == 0 ? kBegin : kBetween;
    buffer_ += statement.bytes;
    fileBytes_ += buffer_.size() - before;
    ++file.statements;
    ++statements_;
    if (file.firstId.empty()) file.firstId = statement.id;
    file.lastId = statement.id;
    count(file.kinds, statement.kind);
    count(file.profileVersions, statement.profileVersion);
    if (buffer_.size() >= kBuffer) flush();
}

void XapiFileSet::begin(bool methodist) {
    XapiFile file;
    file.path = fmt::format("xapi-{:04}.json", files_.size() + 1);
    file.methodist = methodist;
    descriptor_ = create(staged_ / file.path);
    files_.push_back(std::move(file));
    hash_ = common::Sha256();
    fileBytes_ = 0;
    open_ = true;
}

void XapiFileSet::flush() {
    write(descriptor_, buffer_, files_.back().path);
    hash_.update(buffer_);
    buffer_.clear();
}

void XapiFileSet::end() {
    auto& file = files_.back();
    buffer_ += kEnd;
    fileBytes_ += kEnd.size();
    flush();
    if (::fsync(descriptor_) != 0) failed("synced", file.path, errno);
    ::close(descriptor_);
    descriptor_ = -1;
    file.bytes = static_cast<std::int64_t>(fileBytes_);
    file.sha256 = hash_.finishHex();
    bytes_ += file.bytes;
    open_ = false;
}

void XapiFileSet::finish() {
    if (open_) end();
    const std::string name = "manifest.json";
    descriptor_ = create(staged_ / name);
    write(descriptor_, manifest(), name);
    if (::fsync(descriptor_) != 0) failed("synced", name, errno);
    ::close(descriptor_);
    descriptor_ = -1;
    syncFolder(staged_);
}

void XapiFileSet::publish() {
    const auto folder = parent_ / "xapi";
    std::error_code error;
    std::filesystem::remove_all(folder, error);
    if (!error) std::filesystem::rename(staged_, folder, error);
    if (error) failed("put into its folder", "xapi", error.value());
    published_ = true;
    syncFolder(parent_);
}

std::string XapiFileSet::manifest() const {
    std::map<std::string, std::int64_t, std::less<>> kinds;
    common::JsonWriter json;
    json.object()
        .member("organization", facts_.organization)
        .member("project", facts_.project)
        .member("contour", "production")
        .member("selection", facts_.selection)
        .key("createdAt")
        .time(facts_.createdAt)
        .member("order", "Передавайте файлы по порядку номеров: на факты методиста ссылаются факты слушателей.")
        .key("files")
        .array();
    int order = 0;
    for (const auto& file : files_) {
        json.object()
            .member("path", file.path)
            .member("element", "xapi")
            .member("title", file.methodist ? "Факты методиста (xAPI)" : "Факты слушателей (xAPI)")
            .member("order", ++order)
            .member("part", file.methodist ? "methodist" : "learners")
            .member("statements", file.statements)
            .member("bytes", file.bytes)
            .member("sha256", file.sha256)
            .member("firstId", file.firstId)
            .member("lastId", file.lastId);
        writeCounts(json, "kinds", file.kinds);
        writeCounts(json, "profileVersions", file.profileVersions);
        json.end();
        for (const auto& [kind, statements] : file.kinds) kinds[kind] += statements;
    }
    json.end().member("statements", statements_);
    writeCounts(json, "kinds", kinds);
    json.end();
    return json.take() + "\n";
}

}  // namespace plugin::delivery
