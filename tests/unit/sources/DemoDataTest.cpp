#include "common/Sha256.h"
#include "host/sources/DemoData.h"
#include "host/sources/DemoNames.h"
#include "host/sources/DemoPdf.h"
#include "tests/unit/records/RecordsFixture.h"

namespace {

using namespace host::sources;

struct Collecting : DemoSink {
    std::vector<std::string> batches;
    std::vector<DemoFile> files;
    void batch(const std::string& json) override { batches.push_back(json); }
    void file(const DemoFile& one) override { files.push_back(one); }
    std::string hash() const {
        common::Sha256 digest;
        for (const auto& one : batches) digest.update(one);
        for (const auto& one : files) digest.update(one.name).update(one.bytes);
        return digest.finishHex();
    }
};

struct DemoDataTest : tests::RecordsFixture {
    DemoSummary load() {
        summary = DemoData::generate(2035, sink);
        for (const auto& json : sink.batches) {
            const auto answer = call(tests::Method::Post, "/records", json);
            EXPECT_EQ(answer.status, 200);
            EXPECT_EQ(answer.json()->getObject("counts")->getValue<int>("rejected"), 0) << answer.body.substr(0, 2000);
        }
        return summary;
    }
    Collecting sink;
    DemoSummary summary;
};

TEST_F(DemoDataTest, everyRecordIsAcceptedAndItStaysWithinTwoThousandStatements) {
    load();
    EXPECT_EQ(summary.learners, 200U);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_results"), static_cast<std::int64_t>(summary.results));
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_views"), static_cast<std::int64_t>(summary.views));
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_reflections"), static_cast<std::int64_t>(summary.reflections));
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_openings"), static_cast<std::int64_t>(summary.openings));
    EXPECT_LE(summary.statementsAtMost, 2000U);
    EXPECT_EQ(sink.files.size(), summary.files);
}

TEST_F(DemoDataTest, hasHonestDefects) {
    load();
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_learners WHERE unti_id IS NULL"), 4);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_results r JOIN record_elements e ON e.id = r.element_id "
                        "WHERE r.raw IS NULL AND r.graded = 1 AND e.kind <> 'practice-diary'"),
              3);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_results WHERE graded = 0"), 3);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_results WHERE success = 0") > 0, true);
}

TEST_F(DemoDataTest, everyFileHasItsResultAndItsType) {
    load();
    for (std::size_t i = 0; i < 8; ++i) {
        const auto& file = sink.files[sink.files.size() - 1 - i];
        const auto answer = call(tests::Method::Post,
                                 "/records/files?source=demo&externalId=" + file.externalId + "&name=" + file.name +
                                     "&" + file.owner + "=" + file.ownerExternalId,
                                 file.bytes);
        ASSERT_EQ(answer.status, 201) << answer.body;
        const auto type = answer.json()->getValue<std::string>("contentType");
        EXPECT_EQ(type, file.name.ends_with(".pdf")   ? "application/pdf"
                        : file.name.ends_with(".mp4") ? "video/mp4"
                                                      : "text/plain; charset=utf-8");
    }
    for (const auto& file : sink.files)
        EXPECT_TRUE(store.findExternal("demo",
                                       std::string_view(file.owner) == "result" ? host::records::RecordKind::Result
                                                                                : host::records::RecordKind::Element,
                                       "demo", file.ownerExternalId))
            << file.ownerExternalId;
}

TEST(DemoData, theSameSeedGivesTheSameBytes) {
    Collecting first, second, other;
    DemoData::generate(2035, first);
    DemoData::generate(2035, second);
    DemoData::generate(2036, other);
    EXPECT_EQ(first.hash(), second.hash());
    EXPECT_NE(first.hash(), other.hash());
}

TEST(DemoNames, areWrittenInLatinForLogins) {
    EXPECT_EQ(transliterate("Соловьёва Щукин"), "Soloveva Shchukin");
}

TEST(DemoPdf, itsTableOfObjectsIsRight) {
    const auto pdf = makePdf({"One (1)", "Two"});
    const auto start = std::stoul(pdf.substr(pdf.find("startxref") + 10));
    EXPECT_EQ(pdf.substr(start, 4), "xref");
    std::size_t entry = pdf.find('\n', pdf.find('\n', start) + 1) + 1;
    for (int object = 1; object <= 5; ++object) {
        entry += 20;
        const auto offset = std::stoul(pdf.substr(entry, 10));
        EXPECT_EQ(pdf.substr(offset, 7), std::to_string(object) + " 0 obj");
    }
    EXPECT_NE(pdf.find("(One \\(1\\))"), std::string::npos);
}

}  // namespace
