#include "common/Sha256.h"
#include "host/records/FileStore.h"
#include "host/sdk/Error.h"
#include "tests/support/TempDir.h"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using host::records::detectContentType;
using host::records::FileStore;
using host::records::safeFileName;
using host::sdk::AppError;

std::size_t filesIn(const std::filesystem::path& folder) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        count += entry.is_regular_file() ? 1 : 0;
    return count;
}

int statusOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const AppError& error) {
        return error.status();
    }
    return 0;
}

/// Gives some bytes, then breaks as a lost connection does.
class BreakingBuffer : public std::streambuf {
    int_type underflow() override {
        if (given_) throw std::runtime_error("connection lost");
        given_ = true;
        setg(bytes_, bytes_, bytes_ + sizeof(bytes_));
        return traits_type::to_int_type(bytes_[0]);
    }
    char bytes_[1000] = {};
    bool given_ = false;
};

struct FileStoreTest : ::testing::Test {
    tests::TempDir folder;
    FileStore store{folder / "files"};
};

TEST_F(FileStoreTest, keepsBytesUnderTheirHash) {
    std::istringstream bytes(std::string(700'000, 'x'));
    const auto file = store.put("demo", bytes, 1'000'000);
    EXPECT_EQ(file.size, 700'000);
    EXPECT_EQ(file.sha256, common::Sha256::hex(std::string(700'000, 'x')));
    EXPECT_EQ(file.contentType, "text/plain; charset=utf-8");
    EXPECT_TRUE(std::filesystem::exists(folder / "files" / "demo" / file.sha256.substr(0, 2) / file.sha256));
    std::ostringstream read;
    read << store.open("demo", file.sha256)->rdbuf();
    EXPECT_EQ(read.str().size(), 700'000U);
    EXPECT_EQ(statusOf([&] { store.open("other", file.sha256); }), 404);
}

TEST_F(FileStoreTest, storesEqualBytesOnce) {
    std::istringstream first("one and the same"), second("one and the same");
    EXPECT_TRUE(store.put("demo", first, 100).stored);
    EXPECT_FALSE(store.put("demo", second, 100).stored);
    EXPECT_EQ(filesIn(folder / "files"), 1U);
}

TEST_F(FileStoreTest, aBrokenUploadLeavesNothing) {
    BreakingBuffer buffer;
    std::istream bytes(&buffer);
    EXPECT_EQ(statusOf([&] { store.put("demo", bytes, 1'000'000); }), 400);
    std::istringstream shorter("only half");
    EXPECT_EQ(statusOf([&] { store.put("demo", shorter, 1'000'000, 18); }), 400);
    EXPECT_EQ(filesIn(folder / "files"), 0U);
}

TEST_F(FileStoreTest, aFileBeyondTheLimitLeavesNothing) {
    std::istringstream bytes(std::string(101, 'x'));
    EXPECT_EQ(statusOf([&] { store.put("demo", bytes, 100); }), 413);
    EXPECT_EQ(filesIn(folder / "files"), 0U);
}

/// Gives `size` bytes and notes how many lay in `staging` at most meanwhile.
class WatchedBuffer : public std::streambuf {
public:
    WatchedBuffer(std::filesystem::path staging, std::size_t size) : staging_(std::move(staging)), left_(size) {}
    std::uintmax_t most = 0;

private:
    int_type underflow() override {
        for (const auto& one : std::filesystem::directory_iterator(staging_)) most = std::max(most, one.file_size());
        if (left_ == 0) return traits_type::eof();
        const auto now = std::min(left_, sizeof(bytes_));
        left_ -= now;
        setg(bytes_, bytes_, bytes_ + now);
        return traits_type::to_int_type(bytes_[0]);
    }
    std::filesystem::path staging_;
    std::size_t left_;
    char bytes_[4096] = {};
};

TEST_F(FileStoreTest, anUploadBeyondTheQuotaTakesNoMoreOfTheDiskThanTheQuotaLeaves) {
    FileStore small(folder / "small", 2'000'000);
    std::istringstream first(std::string(500'000, 'a'));
    const auto kept = small.put("demo", first, 100'000'000);
    WatchedBuffer buffer(folder / "small" / "staging", 20'000'000);
    std::istream bytes(&buffer);
    EXPECT_EQ(statusOf([&] { small.put("demo", bytes, 100'000'000); }), 413);
    EXPECT_GT(buffer.most, 0U);
    EXPECT_LE(buffer.most, 1'500'000U);
    EXPECT_EQ(filesIn(folder / "small"), 1U);

    // What is there already takes no place, so it may come again at a full quota.
    FileStore full(folder / "small", 500'000);
    std::istringstream again(std::string(500'000, 'a'));
    const auto same = full.put("demo", again, 100'000'000);
    EXPECT_FALSE(same.stored);
    EXPECT_EQ(same.sha256, kept.sha256);
}

TEST_F(FileStoreTest, aCountThatFailedIsMadeAnew) {
    FileStore small(folder / "small", 1'000);
    folder.write("small/demo/aa/one", std::string(900, 'x'));
    const auto inner = folder / "small" / "demo" / "zz";
    std::filesystem::create_directories(folder / "small" / "demo");
    // A name that leads to itself can't be looked at: the count ends half way.
    std::filesystem::create_symlink(inner, inner);
    std::istringstream first(std::string(500, 'a'));
    EXPECT_ANY_THROW(small.put("demo", first, 10'000));
    std::filesystem::remove(inner);
    std::istringstream second(std::string(500, 'a'));
    EXPECT_EQ(statusOf([&] { small.put("demo", second, 10'000); }), 413);
    std::istringstream third(std::string(50, 'a'));
    EXPECT_TRUE(small.put("demo", third, 10'000).stored);
}

TEST_F(FileStoreTest, anEmptyFileIsRefused) {
    std::istringstream bytes("");
    EXPECT_EQ(statusOf([&] { store.put("demo", bytes, 100); }), 422);
}

TEST_F(FileStoreTest, clearsWhatAnEndedServerLeftHalfDone) {
    folder.write("files/staging/half", "bytes");
    FileStore again(folder / "files");
    EXPECT_EQ(filesIn(folder / "files"), 0U);
}

TEST_F(FileStoreTest, neverLeavesItsFolder) {
    for (const char* hash : {"../../etc/passwd", "..", "", "ABCDEF"})
        EXPECT_EQ(statusOf([&] { store.path("demo", hash); }), 404);
    EXPECT_EQ(statusOf([&] { store.path("../demo", std::string(64, 'a')); }), 404);
    std::istringstream bytes("x");
    EXPECT_EQ(statusOf([&] { store.put("../demo", bytes, 100); }), 404);
    EXPECT_EQ(filesIn(folder / "files"), 0U);
}

TEST(FileNames, onlyTheLastPartIsKept) {
    EXPECT_EQ(safeFileName("../../etc/passwd"), "passwd");
    EXPECT_EQ(safeFileName("C:\\works\\отчёт.docx"), "отчёт.docx");
    for (const char* name : {"", "..", "a/", "x\ny", "\xff"})
        EXPECT_EQ(statusOf([&] { safeFileName(name); }), 422) << name;
}

TEST(ContentTypes, comeFromTheBytes) {
    using namespace std::string_literals;
    const std::pair<std::string, std::string> cases[] = {
        {"%PDF-1.7\n", "application/pdf"},
        {"\x89PNG\r\n\x1a\n rest", "image/png"},
        {"\xff\xd8\xff\xe0", "image/jpeg"},
        {"GIF89a", "image/gif"},
        {"\0\0\0\x18"s + "ftypisom", "video/mp4"},
        {"\x1a\x45\xdf\xa3", "video/webm"},
        {"ID3\x04", "audio/mpeg"},
        {"PK\x03\x04 plain", "application/zip"},
        {"PK\x03\x04 [Content_Types].xml … word/document.xml",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"PK\x03\x04 … xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"PK\x03\x04 … ppt/slides", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
        {"PK\x03\x04 … mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"},
        {"MZ\x90", "application/octet-stream"}};
    for (const auto& [bytes, type] : cases) EXPECT_EQ(detectContentType(bytes, false), type) << bytes;
}

TEST_F(FileStoreTest, textIsTextOnlyWhenAllOfItIsUtf8) {
    std::string russian;
    while (russian.size() < 600'000) russian += "Отчёт о полёте. ";  // characters fall across the blocks
    std::istringstream good(russian), bad(russian + "\xff"), cut(russian + "\xd0");
    EXPECT_EQ(store.put("demo", good, 1'000'000).contentType, "text/plain; charset=utf-8");
    EXPECT_EQ(store.put("demo", bad, 1'000'000).contentType, "application/octet-stream");
    EXPECT_EQ(store.put("demo", cut, 1'000'000).contentType, "application/octet-stream");
}

}  // namespace
