import QtQuick
import QtQuick.Templates as T
import Marea

// Text of several lines.
T.TextArea {
    id: box
    property string label: placeholderText
    property int maximumLength: 4000
    implicitHeight: Math.max(96, contentHeight + topPadding + bottomPadding)
    padding: 12
    color: Theme.text
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    selectByMouse: true
    textFormat: TextEdit.PlainText
    wrapMode: TextEdit.Wrap
    font.family: Theme.family
    font.pixelSize: Theme.small
    Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
    Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    onTextChanged: if (length > maximumLength) remove(maximumLength, length)
    Accessible.role: Accessible.EditableText
    Accessible.name: label
    background: Rectangle {
        radius: Theme.radiusControl
        color: Theme.control
        border.width: box.activeFocus ? Theme.focusWidth : 1
        border.color: box.activeFocus ? Theme.accent : Theme.line
    }
    Label { x: box.leftPadding; y: box.topPadding; width: box.width - 24; visible: box.text === "" && box.preeditText === ""; text: box.placeholderText; color: Theme.secondary; wrapMode: Text.Wrap; Accessible.ignored: true }
}
