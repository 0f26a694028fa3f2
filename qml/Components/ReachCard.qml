import QtQuick
import Marea

// What could not be reached, over the foot of a page, which stays where it is. It can be put away.
FocusScope {
    id: card
    property string text: ""
    property string aside: ""          // the words that were put away: others are shown again
    property real most: 760            // its greatest width
    property bool withDownloads: false
    readonly property bool open: text !== "" && text !== aside
    readonly property bool putAway: text !== "" && !open
    property bool settled: false       // a click that was under way when it came was meant for what is below
    readonly property bool stacked: most < 560
    signal again()
    signal downloadsWanted()
    signal gone()                      // it goes, and had the focus

    objectName: "reachCard"
    visible: false
    width: stacked ? most : Math.min(most, 44 + Math.ceil(words.implicitWidth) + 12 + actions.width + 6)
    height: stacked ? words.height + actions.height + 26 : Math.max(48, words.height + 20)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text
    function come() {
        if (!open && activeFocus) gone()
        if (open && !visible) first.focus = true
        visible = open
        settled = false
        settling.running = false
        settling.running = open
    }
    onOpenChanged: come()
    onTextChanged: come()
    Component.onCompleted: come()
    Timer { id: settling; interval: Theme.settle; onTriggered: card.settled = true }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusCard
        color: Theme.raised
        border.width: 1
        border.color: Theme.warning
    }
    MouseArea { anchors.fill: parent; hoverEnabled: true }   // what is below is not to be seen, nor to be hit
    Icon { id: mark; x: 12; anchors.verticalCenter: words.verticalCenter; name: "wifi-off"; color: Theme.warning }
    Label {
        id: words
        x: 44
        y: card.stacked ? 12 : Math.round((card.height - height) / 2)
        width: card.stacked ? card.width - x - 12 : card.width - x - 12 - actions.width - 6
        text: card.text
        wrapMode: Text.Wrap
        maximumLineCount: 4
        Accessible.ignored: true
    }
    Row {
        id: actions
        anchors { right: parent.right; rightMargin: 6 }
        y: card.stacked ? words.y + words.height + 8 : Math.round((card.height - height) / 2)
        spacing: 4
        AppButton { visible: card.withDownloads; quiet: true; height: Theme.target; leftPadding: 12; rightPadding: 12; text: qsTr("Downloads"); onClicked: card.downloadsWanted() }
        AppButton { id: first; objectName: "reachAgain"; focus: true; quiet: true; height: Theme.target; leftPadding: 12; rightPadding: 12; text: qsTr("Try again"); onClicked: card.again() }
        IconButton { objectName: "reachClose"; iconName: "x"; iconSize: 16; color: Theme.secondary; text: qsTr("Close"); onClicked: card.aside = card.text }
    }
    MouseArea { objectName: "reachGuard"; anchors.fill: parent; enabled: !card.settled; acceptedButtons: Qt.AllButtons }
}
