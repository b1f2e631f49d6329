#pragma once
/// What OpenAPI says of matching. Constants.

namespace plugin::api {

extern const char* const kLackingSchema;
extern const char* const kLackingExample;
extern const char* const kAcceptLearnersSchema;
extern const char* const kAcceptLearnersExample;
extern const char* const kAcceptElementsSchema;
extern const char* const kAcceptElementsExample;
extern const char* const kRejectLearnersSchema;
extern const char* const kRejectLearnersExample;
extern const char* const kRejectElementsSchema;
extern const char* const kRejectElementsExample;
extern const char* const kRejectedSchema;
extern const char* const kRejectedExample;
extern const char* const kMatchSummarySchema;
extern const char* const kMatchSummaryExample;
extern const char* const kMatchSchema;
extern const char* const kMatchExample;
extern const char* const kKnownIdsSchema;
extern const char* const kKnownIdsExample;

}  // namespace plugin::api
