import QtQuick
import Marea
import Marea.App

// The words of a track; synchronised ones follow the music, and a click goes to their moment.
ListView {
    id: view
    required property LyricsViewModel lyrics
    clip: true
    model: lyrics.lines
    spacing: 4
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: true
    currentIndex: lyrics.current
    highlightFollowsCurrentItem: false
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Lyrics")
    Keys.onReturnPressed: lyrics.seekTo(currentIndex)
    Keys.onEnterPressed: lyrics.seekTo(currentIndex)

    onCurrentIndexChanged: if (!moving && currentIndex >= 0) {
        const from = contentY
        positionViewAtIndex(currentIndex, ListView.Center)
        slide.from = from
        slide.to = contentY
        contentY = from
        slide.restart()
    }
    NumberAnimation { id: slide; target: view; property: "contentY"; duration: Theme.calm; easing.type: Easing.OutQuad }

    delegate: Label {
        id: line
        required property int index
        required property string modelData
        readonly property bool sung: view.lyrics.synced && index === view.lyrics.current
        width: ListView.view.width
        Accessible.role: Accessible.ListItem
        Accessible.name: modelData
        Accessible.onPressAction: view.lyrics.seekTo(index)
        topPadding: 4; bottomPadding: 4
        text: modelData
        wrapMode: Text.Wrap
        elide: Text.ElideNone
        font.pixelSize: Theme.heading
        weight: sung || !view.lyrics.synced ? Font.DemiBold : Font.Medium
        color: sung || !view.lyrics.synced || pointer.hovered ? Theme.onPicture : Theme.onPictureSecondary
        Behavior on color { ColorAnimation { duration: Theme.calm } }
        HoverHandler { id: pointer; enabled: view.lyrics.synced; cursorShape: Qt.PointingHandCursor }
        TapHandler { enabled: view.lyrics.synced; onTapped: view.lyrics.seekTo(line.index) }
    }
}
