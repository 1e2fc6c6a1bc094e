package import PiAI

extension Agent {
    /// What an agent works with.
    package struct Setup: Sendable {
        package var model: Model
        /// What is asked when the first goes round in circles.
        package var stronger: Model?
        /// What is asked when the one before has failed, in this order.
        package var fallbacks: [Model] = []
        /// What sums up; the model itself if left out, and where it can't.
        package var summarizer: Model?
        /// How much those are to think that take over; the others as `options` says.
        package var levels: [ModelName: ReasoningLevel] = [:]
        package var systemPrompt: String
        package var tools: ToolSet
        package var options = ModelRequest.Options()
        package var compaction = CompactionSettings()
        package var steeringMode = QueueMode.oneAtATime
        package var followUpMode = QueueMode.oneAtATime

        package init(model: Model, systemPrompt: String, tools: ToolSet) {
            self.model = model
            self.systemPrompt = systemPrompt
            self.tools = tools
        }
    }
}
