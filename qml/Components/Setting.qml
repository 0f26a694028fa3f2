import QtQuick
import Marea

// One setting: what it is, what it does in one line, and its control beside or below. While one searches, only those are
// there whose words have what is looked for.
Item {
    id: setting
    property string title: ""
    property string explanation: ""
    property string lacking: ""   // why it cannot be set here; then its control is not there
    property string query: ""
    property bool stacked: false
    property bool wanted: true    // there is something to set
    default property alias content: slot.data
    readonly property string said: lacking !== "" ? lacking : explanation
    readonly property real slotHeight: lacking !== "" ? 0 : slot.childrenRect.height
    readonly property bool matches: query === "" || (title + " " + said).toLocaleLowerCase().includes(query)
    visible: wanted && matches
    width: parent ? parent.width : 0
    height: stacked ? words.height + slotHeight + 24 : Math.max(64, words.height + 16)
    Column {
        id: words
        width: setting.stacked || setting.lacking !== "" ? parent.width : parent.width - slot.childrenRect.width - 24
        y: setting.stacked ? 8 : (parent.height - height) / 2
        spacing: 2
        Label { width: parent.width; text: setting.title; weight: Font.Medium }
        Label { width: parent.width; text: setting.said; color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone; visible: text !== "" }
    }
    Item {
        id: slot
        visible: setting.lacking === ""
        width: setting.stacked ? setting.width : childrenRect.width
        height: childrenRect.height
        x: setting.stacked ? 0 : parent.width - width
        y: setting.stacked ? words.y + words.height + 8 : (parent.height - height) / 2
    }
}
