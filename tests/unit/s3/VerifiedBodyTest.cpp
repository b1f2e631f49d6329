#include "common/Sha256.h"
#include "plugin/s3/VerifiedBody.h"

#include <gtest/gtest.h>

#include <cstring>

using namespace plugin::s3;

namespace {

std::string textOf(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + i / 977);
    return bytes;
}

/// Gives `bytes` in pieces of at most `piece`.
ByteSource sourceOf(const std::string& bytes, std::size_t piece = 100'000) {
    return [bytes, piece, at = std::size_t{0}](char* buffer, std::size_t size) mutable {
        const auto part = std::min({size, piece, bytes.size() - at});
        std::memcpy(buffer, bytes.data() + at, part);
        at += part;
        return part;
    };
}

std::string readAll(VerifiedBody& body, std::size_t piece) {
    std::string all;
    std::string buffer(piece, '\0');
    while (const auto got = body.read(buffer.data(), buffer.size())) all.append(buffer, 0, got);
    return all;
}

class Lengths : public testing::TestWithParam<std::size_t> {};
TEST_P(Lengths, arriveAsTheyWereWhateverThePieces) {
    const auto bytes = textOf(GetParam());
    for (const std::size_t piece : {std::size_t{7'001}, std::size_t{262'144}, std::size_t{1'000'000}}) {
        VerifiedBody body(sourceOf(bytes), {bytes.size(), common::Sha256::hex(bytes)});
        EXPECT_EQ(readAll(body, piece), bytes);
        EXPECT_EQ(body.problem(), BodyProblem::None);
    }
}
INSTANTIATE_TEST_SUITE_P(Table, Lengths, testing::Values(1u, 262'143u, 262'144u, 262'145u, 3'000'000u));

class Broken : public testing::TestWithParam<std::size_t> {};
TEST_P(Broken, neverGivesItsLastBytes) {
    const auto bytes = textOf(GetParam());
    const auto sha256 = common::Sha256::hex(bytes);
    const auto given = [&](const ByteSource& source, BodyProblem problem) {
        VerifiedBody body(source, {bytes.size(), sha256});
        EXPECT_LT(readAll(body, 262'144).size(), bytes.size());
        EXPECT_EQ(body.problem(), problem);
    };
    given(sourceOf(bytes.substr(1)), BodyProblem::Shorter);
    given(sourceOf(bytes + "x"), BodyProblem::Longer);
    auto changed = bytes;
    changed[0] = static_cast<char>(changed[0] + 1);
    given(sourceOf(changed), BodyProblem::Different);
    given([](char*, std::size_t) -> std::size_t { throw std::runtime_error("gone"); }, BodyProblem::Unreadable);
}
INSTANTIATE_TEST_SUITE_P(Table, Broken, testing::Values(1u, 262'144u, 262'145u, 3'000'000u));

TEST(VerifiedBody, endsBeforeItWasReadToItsEnd) {
    const auto bytes = textOf(5'000'000);
    VerifiedBody body(sourceOf(bytes), {bytes.size(), common::Sha256::hex(bytes)});
    char first = 0;
    EXPECT_EQ(body.read(&first, 1), 1u);
}

}  // namespace
